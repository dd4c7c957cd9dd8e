package io.logcaster.alert.query;

import io.logcaster.query.CountedGroup;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.StatsColumns;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.ast.StatsFunction;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A rule's query for the query engine: one that ends with a stats pipe, whose column is compared.
 */
public final class StatsQuery implements AlertQuery {

  private static final String VALUE = "value";

  /** Columns that are added to those of the query. */
  private static final String RECORDS = "_alert_records";

  private static final String SUM = "_alert_sum";

  private static final String NUMBERS = "_alert_numbers";

  /** How many rows of a series are asked for at once; a row takes about a kilobyte. */
  private static final int ROWS = 10_000;

  /** The ranges that are asked for first, when it is unknown how many groups there are. */
  private static final int FIRST_STEPS = 512;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The result of {@code sum} and others without any number. */
  private static final String NOTHING = "NaN";

  private final QueryEngine engine;
  private final ParsedQuery query;
  private final List<String> by;
  private final boolean counting;

  private StatsQuery(QueryEngine engine, ParsedQuery query, List<String> by, boolean counting) {
    this.engine = engine;
    this.query = query;
    this.by = by;
    this.counting = counting;
  }

  public static StatsQuery compile(QueryEngine engine, String text) {
    ParsedQuery query = parse(engine, text);
    StatsColumns columns = query.statsColumns();
    if (columns == null) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_without_stats",
          "The query must end with a stats pipe, for example '%s | stats count() value'."
              .formatted(text.strip()));
    }
    if (!columns.metrics().contains(VALUE)) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_without_value",
          "The stats pipe must have a result named 'value' to compare, for example 'count() value'."
              + " It has: %s.".formatted(String.join(", ", columns.metrics())));
    }
    return new StatsQuery(engine, query, columns.labels(), false);
  }

  /**
   * Parses a query.
   *
   * @throws ProblemException 400 with the place of the error
   */
  public static ParsedQuery parse(QueryEngine engine, String text) {
    try {
      return engine.parse(text);
    } catch (QuerySyntaxException ex) {
      // Without the cause, or the exception handler of the query paths would answer instead.
      throw new ProblemException(HttpStatus.BAD_REQUEST, ex.code(), ex.detail())
          .with("line", ex.line())
          .with("column", ex.column());
    }
  }

  @Override
  public List<GroupValue> ask(Instant start, Instant end) throws IOException {
    return ask(start, end, new Unreached());
  }

  @Override
  public List<GroupValue> ask(Instant start, Instant end, Unreached away) throws IOException {
    return engine.rows(query, nanos(start), nanos(end) - 1, away).stream()
        .map((row) -> group(row, by))
        .toList();
  }

  private GroupValue group(Map<String, String> row, List<String> fields) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String field : fields) {
      String value = row.get(field);
      if (value != null) {
        labels.put(field, value);
      }
    }
    String text = row.getOrDefault(VALUE, "");
    // Read as in filters: 2.5s is a number of nanoseconds, 10KiB of bytes.
    double value = Numbers.measure(text);
    boolean missing = text.isEmpty() || text.equals(NOTHING);
    String strange = Double.isNaN(value) && !missing ? text : null;
    return new GroupValue(labels, value, strange, counting ? count(row) : GroupValue.NOT_COUNTED);
  }

  private static long count(Map<String, String> row) {
    double records = Numbers.measure(row.getOrDefault(RECORDS, ""));
    return Double.isNaN(records) ? GroupValue.NOT_COUNTED : (long) records;
  }

  @Override
  public AlertQuery countingRecords() {
    Query counted = withColumns(query.tree(), countOf(RECORDS));
    ParsedQuery parsed = new ParsedQuery(query.text(), counted);
    StatsColumns columns = parsed.statsColumns();
    if (columns == null || !columns.metrics().contains(RECORDS)) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              "query_hides_records",
              "A query with 'minRecords' must not leave out fields after its stats pipe.")
          .with("property", "query");
    }
    return new StatsQuery(engine, parsed, by, true);
  }

  private static StatsPipe.Calculation countOf(String result) {
    return new StatsPipe.Calculation(StatsCall.countRows(), null, result);
  }

  /** Adds columns to the last stats pipe. */
  private static Query withColumns(Query query, StatsPipe.Calculation... added) {
    List<Pipe> pipes = new ArrayList<>(query.pipes());
    for (int i = pipes.size() - 1; i >= 0; i--) {
      if (pipes.get(i) instanceof StatsPipe stats) {
        List<StatsPipe.Calculation> calculations = new ArrayList<>(stats.calculations());
        calculations.addAll(List.of(added));
        pipes.set(i, new StatsPipe(stats.by(), calculations));
        break;
      }
    }
    return new Query(query.options(), query.filter(), pipes);
  }

  /** The stats pipe, if it is the last pipe and no other combines rows; null otherwise. */
  private @Nullable StatsPipe onlyStats() {
    List<Pipe> pipes = query.tree().pipes();
    if (!(pipes.getLast() instanceof StatsPipe stats)
        || stats.by().stream().anyMatch((bucket) -> bucket.field().equals(Field.TIME))) {
      return null;
    }
    boolean rowWise =
        pipes.subList(0, pipes.size() - 1).stream().allMatch((pipe) -> pipe.traits().isRowWise());
    return rowWise ? stats : null;
  }

  private StatsPipe.@Nullable Calculation valueOf(@Nullable StatsPipe stats) {
    for (StatsPipe.Calculation calculation :
        stats == null ? List.<StatsPipe.Calculation>of() : stats.calculations()) {
      if (calculation.result().equals(VALUE)) {
        return calculation;
      }
    }
    return null;
  }

  @Override
  public Combination combination() {
    StatsPipe.Calculation value = valueOf(onlyStats());
    if (value == null) {
      return Combination.NONE;
    }
    return switch (value.call().function()) {
      case COUNT, COUNT_EMPTY, SUM, SUM_LEN -> Combination.SUM;
      case MAX -> Combination.MAX;
      case MIN -> Combination.MIN;
      case AVG -> Combination.MEAN;
      case RATE, RATE_SUM -> Combination.RATE;
      default -> Combination.NONE;
    };
  }

  @Override
  public List<ValueSeries> series(Instant start, int count, Duration step, Unreached away)
      throws IOException {
    StatsPipe stats = onlyStats();
    if (stats == null) {
      return AlertQuery.super.series(start, count, step, away);
    }
    long first = nanos(start);
    long width = step.toNanos();
    return stats.calculations().stream().allMatch(StatsQuery::countsRows)
        ? counts(stats, first, width, count, away)
        : series(stats, first, width, count, away);
  }

  private static boolean countsRows(StatsPipe.Calculation calculation) {
    return calculation.condition() == null
        && calculation.call().function() == StatsFunction.COUNT
        && calculation.call().fields().equals(StatsCall.countRows().fields());
  }

  /** Counts need no row for each group and range, and no time to make them. */
  private List<ValueSeries> counts(
      StatsPipe stats, long first, long width, int count, Unreached away) throws IOException {
    List<CountedGroup> groups = engine.counts(query, stats.by(), first, width, count, away);
    ValueSeries.checkSize(groups.size(), count);
    List<ValueSeries> all = new ArrayList<>(groups.size());
    for (CountedGroup group : groups) {
      ValueSeries series = ValueSeries.empty(group.labels(), count);
      group.visit(
          (index, records) -> {
            series.values()[index] = records;
            if (counting) {
              series.putRecords(index, records);
            }
          });
      all.add(series);
    }
    return all;
  }

  /** Other values come as rows, some thousand at a time. */
  private List<ValueSeries> series(
      StatsPipe stats, long first, long width, int count, Unreached away) throws IOException {
    List<Bucket> buckets = new ArrayList<>(stats.by());
    // Buckets begin at the start of the series.
    long offset = width - Math.floorMod(first, width);
    buckets.add(new Bucket(Field.TIME, width / NANOS_PER_MILLI + "ms", offset));
    List<Pipe> pipes = new ArrayList<>(query.tree().pipes());
    pipes.set(pipes.size() - 1, new StatsPipe(buckets, stats.calculations()));
    Query tree = new Query(query.tree().options(), query.tree().filter(), pipes);
    StatsPipe.Calculation value = valueOf(stats);
    boolean mean = combination() == Combination.MEAN && value != null;
    if (mean && value != null) {
      List<StatsPipe.Calculation> more = weights(value);
      tree = withColumns(tree, more.getFirst(), more.getLast());
    }
    ParsedQuery timed = new ParsedQuery(query.text(), tree);
    Map<Map<String, String>, ValueSeries> byLabels = new HashMap<>();
    int steps = Math.min(count, FIRST_STEPS);
    for (int from = 0; from < count; ) {
      int to = Math.min(count, from + steps);
      List<Map<String, String>> rows =
          engine.rows(timed, first + from * width, first + to * width - 1, away);
      for (Map<String, String> row : rows) {
        long time = Timestamps.parse(row.getOrDefault(Field.TIME, ""));
        int index = (int) Math.floorDiv(time - first, width);
        if (index >= 0 && index < count) {
          put(byLabels, row, index, count, mean);
        }
      }
      steps = (int) Math.clamp((long) ROWS * (to - from) / Math.max(1, rows.size()), 1, 8L * steps);
      from = to;
    }
    return new ArrayList<>(byLabels.values());
  }

  private void put(
      Map<Map<String, String>, ValueSeries> byLabels,
      Map<String, String> row,
      int index,
      int count,
      boolean mean) {
    GroupValue found = group(row, by);
    ValueSeries series = byLabels.get(found.labels());
    if (series == null) {
      ValueSeries.checkSize(byLabels.size() + 1, count);
      series = ValueSeries.empty(found.labels(), count);
      byLabels.put(found.labels(), series);
    }
    series.put(index, found);
    if (mean) {
      series.putWeight(index, weight(row, found.value()));
    }
  }

  /** The calculations that tell of how many numbers a mean is. */
  private static List<StatsPipe.Calculation> weights(StatsPipe.Calculation mean) {
    StatsCall call = mean.call();
    return List.of(
        new StatsPipe.Calculation(
            new StatsCall(StatsFunction.SUM, "", call.fields(), List.of(), 0),
            mean.condition(),
            SUM),
        new StatsPipe.Calculation(
            new StatsCall(StatsFunction.COUNT, "", call.fields(), List.of(), 0),
            mean.condition(),
            NUMBERS));
  }

  private static double weight(Map<String, String> row, double mean) {
    double sum = Numbers.measure(row.getOrDefault(SUM, ""));
    // The quotient is exact where some values are not numbers; a mean of 0 does not tell.
    double weight =
        mean == 0 || Double.isNaN(sum)
            ? Numbers.measure(row.getOrDefault(NUMBERS, ""))
            : Math.rint(sum / mean);
    return Double.isNaN(weight) ? 0 : weight;
  }

  @Override
  public boolean growsWithRecords() {
    for (Pipe pipe : query.tree().pipes()) {
      if (pipe instanceof StatsPipe stats) {
        for (StatsPipe.Calculation calculation : stats.calculations()) {
          if (calculation.result().equals(VALUE)) {
            return calculation.call().function().isGrowing();
          }
        }
      }
    }
    return false;
  }

  @Override
  public boolean isLowerBound() {
    StatsPipe.Calculation value = valueOf(onlyStats());
    return value != null && LowerBound.is(engine, query, value);
  }

  @Override
  public List<String> groupFields() {
    return by;
  }

  @Override
  public @Nullable Filter filter() {
    boolean plain = query.tree().pipes().size() == 1 && onlyStats() != null;
    return plain && query.tree().options().equals(Query.Options.DEFAULT)
        ? query.tree().filter()
        : null;
  }

  @Override
  public List<String> liveGroupFields() {
    StatsPipe stats = onlyStats();
    return stats == null
        ? List.of()
        : stats.by().stream().filter((b) -> b.step().isEmpty()).map(Bucket::field).toList();
  }

  @Override
  public AlertQuery liveRecords() {
    StatsPipe count =
        new StatsPipe(
            liveGroupFields().stream().map(Bucket::new).toList(), List.of(countOf(VALUE)));
    Query tree = new Query(query.tree().options(), query.tree().filter(), List.of(count));
    return new StatsQuery(engine, new ParsedQuery(query.text(), tree), liveGroupFields(), false);
  }

  @Override
  public boolean isRecordCount() {
    StatsPipe.Calculation value = filter() == null ? null : valueOf(onlyStats());
    return value != null && countsRows(value) && liveGroupFields().equals(by);
  }

  @Override
  public boolean isAtMostRecords() {
    StatsPipe.Calculation value = valueOf(onlyStats());
    return value != null
        && switch (value.call().function()) {
          case COUNT, COUNT_EMPTY, COUNT_UNIQ, COUNT_UNIQ_HASH -> true;
          default -> false;
        };
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
