package io.logcaster.notice.content;

import io.logcaster.alert.Alerts;
import io.logcaster.alert.RuleInfo;
import io.logcaster.notice.channel.NoticeAlert;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store for the records behind an alert. A notice must not wait for slow queries: each has
 * little time, and what is not found in it is left out. Thread-safe.
 */
public final class RecordFinder {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFinder.class);

  private static final int RECORDS = 3;

  /** Longer values would fill the notice. */
  private static final int MAX_VALUE = 1_000;

  private static final int MAX_FIELDS = 20;

  /** Points of a chart; those of long windows would take long to calculate. */
  private static final int POINTS = 24;

  private static final Duration LONGEST_WINDOW = Duration.ofHours(6);

  private static final String VALUE = "value";

  private final Alerts alerts;
  private final QueryEngine engine;
  private final Supplier<String> console;
  private final Duration timeout;

  /**
   * @param console the console's URL
   * @param timeout the limit of each query
   */
  public RecordFinder(
      Alerts alerts, QueryEngine engine, Supplier<String> console, Duration timeout) {
    this.alerts = alerts;
    this.engine = engine;
    this.console = console;
    this.timeout = timeout;
  }

  /**
   * Finds what is known about an alert.
   *
   * @param time when its value was found
   */
  public RecordFacts find(String rule, Map<String, String> labels, Instant time) {
    Optional<Alerts.RecordSearch> found;
    try {
      found = alerts.records(rule, labels, time);
    } catch (RuntimeException ex) {
      LOG.debug("The records of the rule {} cannot be searched", rule, ex);
      return RecordFacts.NONE;
    }
    if (found.isEmpty()) {
      return RecordFacts.NONE;
    }
    Alerts.RecordSearch search = found.get();
    List<Map<String, String>> records = new ArrayList<>();
    rows(search.query() + " | sort by (_time) limit " + RECORDS, search.start(), search.end())
        .forEach((record) -> records.add(shortened(record)));
    String template = "";
    long count = records.isEmpty() ? 0 : -1;
    if (!records.isEmpty()) {
      long most = 0;
      long all = 0;
      for (Map<String, String> row :
          rows(
              search.query() + " | pattern | stats by (_pattern) count() n",
              search.start(),
              search.end())) {
        long number = Long.parseLong(row.getOrDefault("n", "0"));
        all += number;
        if (number > most) {
          most = number;
          template = row.getOrDefault("_pattern", "");
        }
      }
      count = all == 0 ? -1 : all;
    }
    return new RecordFacts(records, template, count, link(search), chart(rule, labels, time));
  }

  private static Map<String, String> shortened(Map<String, String> record) {
    Map<String, String> short_ = new LinkedHashMap<>();
    List.of(Field.TIME, Field.MESSAGE, "level", "host", "app")
        .forEach((name) -> put(short_, name, record.get(name)));
    new TreeMap<>(record).forEach((name, value) -> put(short_, name, value));
    short_.remove(Field.STREAM_ID);
    return short_;
  }

  private static void put(
      Map<String, String> target, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && target.size() < MAX_FIELDS) {
      target.put(name, value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…");
    }
  }

  private String link(Alerts.RecordSearch search) {
    return ConsoleLink.explore(console.get(), search.query(), search.start(), search.end());
  }

  /** The rule's value in windows before a time. */
  private List<NoticeAlert.Point> chart(String id, Map<String, String> labels, Instant time) {
    RuleInfo rule = alerts.rule(id).orElse(null);
    if (rule == null || rule.window().compareTo(LONGEST_WINDOW) > 0) {
      return List.of();
    }
    try {
      Query query = engine.parse(rule.query()).tree();
      List<Pipe> pipes = new ArrayList<>();
      StatsPipe stats = null;
      for (Pipe pipe : query.pipes()) {
        if (stats == null && pipe instanceof StatsPipe first) {
          stats = first;
          pipes.addAll(narrowed(first, labels));
          pipes.add(overTime(first, rule.window(), time));
        } else {
          pipes.add(pipe);
        }
      }
      if (stats == null) {
        return List.of();
      }
      String text = new Query(query.options(), query.filter(), pipes).canonical();
      Instant start = time.minus(rule.window().multipliedBy(POINTS));
      return points(rows(text, start, time), stats, rule.window(), start);
    } catch (RuntimeException ex) {
      LOG.debug("The value of the rule {} cannot be drawn", id, ex);
      return List.of();
    }
  }

  private static List<Pipe> narrowed(StatsPipe stats, Map<String, String> labels) {
    List<Filter> filters = new ArrayList<>();
    for (Bucket bucket : stats.by()) {
      String value = labels.get(bucket.field());
      if (value != null && bucket.step().isEmpty()) {
        filters.add(new ExactFilter(bucket.field(), value));
      }
    }
    return switch (filters.size()) {
      case 0 -> List.of();
      case 1 -> List.of(new FilterPipe(filters.getFirst()));
      default -> List.of(new FilterPipe(new AndFilter(filters)));
    };
  }

  /** Grouped by windows that end at a time. */
  private static StatsPipe overTime(StatsPipe stats, Duration window, Instant time) {
    List<Bucket> by = new ArrayList<>(stats.by());
    // An offset shifts the buckets into the past.
    long offset = Math.floorMod(-nanos(time), window.toNanos());
    by.add(new Bucket(Field.TIME, window.toMillis() + "ms", offset));
    return new StatsPipe(by, stats.calculations());
  }

  /** A window without records has no row: its count is zero, its average unknown. */
  private static List<NoticeAlert.Point> points(
      List<Map<String, String>> rows, StatsPipe stats, Duration window, Instant start) {
    boolean counts =
        stats.calculations().stream()
            .allMatch((calculation) -> calculation.call().function().isGrowing());
    Map<Instant, Double> values = new TreeMap<>();
    for (int i = 0; i < POINTS; i++) {
      values.put(start.plus(window.multipliedBy(i)), counts ? 0 : Double.NaN);
    }
    for (Map<String, String> row : rows) {
      Instant bucket = Instant.parse(row.getOrDefault(Field.TIME, ""));
      if (values.containsKey(bucket)) {
        values.put(bucket, Numbers.measure(row.getOrDefault(VALUE, "")));
      }
    }
    List<NoticeAlert.Point> points = new ArrayList<>();
    values.forEach((from, value) -> points.add(new NoticeAlert.Point(from.plus(window), value)));
    return points;
  }

  private List<Map<String, String>> rows(String text, Instant start, Instant end) {
    try {
      ParsedQuery query = engine.parse(text);
      return engine.rows(query, nanos(start), nanos(end) - 1, timeout);
    } catch (IOException | RuntimeException ex) {
      LOG.debug("A notice goes without what '{}' finds", text, ex);
      return List.of();
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * Timestamps.SECOND + time.getNano();
  }
}
