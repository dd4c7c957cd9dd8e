package io.logcaster.capsule;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.Alerts;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.ast.Query;
import io.logcaster.record.Timestamps;
import io.logcaster.transform.redact.SecretKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Collects what a capsule contains. */
@Component
class CapsuleMaker {

  /** Bars of the histogram, at most twice as many. */
  private static final long BARS = 60;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(3),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(365));

  private static final int MAX_BARS = 2_000;
  private static final int PATTERNS = 20;
  private static final int MAX_CHANGES = 1_000;

  private final QueryEngine engine;
  private final Alerts alerts;
  private final Clock clock;

  CapsuleMaker(QueryEngine engine, Alerts alerts, Clock clock) {
    this.engine = engine;
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * What to make.
   *
   * @param records the chosen records; empty for the newest that the query selects
   * @param limit how many records, if none were chosen
   */
  record Wanted(
      String title,
      String notes,
      String query,
      Instant start,
      Instant end,
      Set<SecretKind> redact,
      List<Map<String, String>> records,
      int limit) {}

  Capsule make(Wanted wanted) throws IOException {
    Redaction redaction = new Redaction(wanted.redact());
    ParsedQuery query = engine.parse(wanted.query());
    long start = nanos(wanted.start());
    long end = nanos(wanted.end());
    String selected =
        new Query(query.tree().options(), query.tree().filter(), List.of()).canonical();
    Duration step = step(Duration.between(wanted.start(), wanted.end()));
    String width = text(step);
    String title = redaction.text(wanted.title());
    String notes = redaction.text(wanted.notes());
    String text = redaction.text(wanted.query());
    List<Capsule.Bar> bars = new ArrayList<>();
    String counting =
        " | stats by (_time:%s) count() records | sort by (_time) | limit %d"
            .formatted(width, MAX_BARS);
    for (Map<String, String> row : engine.rows(engine.parse(selected + counting), start, end)) {
      bars.add(new Capsule.Bar(row.getOrDefault("_time", ""), number(row)));
    }
    List<Capsule.Pattern> patterns = new ArrayList<>();
    String mining =
        " | pattern as _template | stats by (_template) count() records, any(_msg) example"
            + " | sort by (records desc) | limit "
            + PATTERNS;
    for (Map<String, String> row : engine.rows(engine.parse(selected + mining), start, end)) {
      patterns.add(
          new Capsule.Pattern(
              redaction.text(row.getOrDefault("_template", "")),
              number(row),
              redaction.text(row.getOrDefault("example", ""))));
    }
    List<Capsule.Change> changes = changes(wanted, redaction);
    List<Map<String, String>> records = new ArrayList<>();
    List<Map<String, String>> found =
        wanted.records().isEmpty() ? newest(query, wanted, start, end) : wanted.records();
    for (Map<String, String> record : found) {
      if (!redaction.hasRoom()) {
        break;
      }
      records.add(redaction.record(record));
    }
    return new Capsule(
        1,
        title,
        notes,
        text,
        wanted.start(),
        wanted.end(),
        clock.instant(),
        redaction.counts(),
        width,
        step.toMillis(),
        bars,
        patterns,
        changes,
        records,
        redaction.isCut());
  }

  private List<Map<String, String>> newest(ParsedQuery query, Wanted wanted, long start, long end)
      throws IOException {
    boolean records = query.tree().pipes().stream().allMatch((pipe) -> pipe.traits().isRowWise());
    String cut = (records ? " | sort by (_time desc)" : "") + " | limit " + wanted.limit();
    return engine.rows(engine.parse(query.canonical() + cut), start, end);
  }

  private List<Capsule.Change> changes(Wanted wanted, Redaction redaction) {
    long from = Math.max(0, alerts.lastSequence() - MAX_CHANGES);
    List<Capsule.Change> changes = new ArrayList<>();
    for (AlertChange change : alerts.changesAfter(from, MAX_CHANGES)) {
      if (!change.time().isBefore(wanted.start()) && !change.time().isAfter(wanted.end())) {
        changes.add(
            new Capsule.Change(
                change.time(),
                redaction.text(change.name()),
                redaction.text(change.labels().isEmpty() ? "" : change.labels().toString()),
                String.valueOf(change.from()),
                String.valueOf(change.to()),
                redaction.text(String.valueOf(change.reason()))));
      }
    }
    return changes;
  }

  private static Duration step(Duration range) {
    return STEPS.stream()
        .filter((step) -> range.dividedBy(step) <= 2 * BARS)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  private static String text(Duration step) {
    long seconds = step.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return (seconds % 60 == 0) ? seconds / 60 + "m" : seconds + "s";
  }

  private static long number(Map<String, String> row) {
    return Long.parseLong(row.getOrDefault("records", "0"));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * Timestamps.SECOND + time.getNano();
  }
}
