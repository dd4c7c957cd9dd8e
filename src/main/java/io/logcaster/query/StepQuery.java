package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** A stats query that is evaluated for steps of equal length: for series. Thread-safe. */
public final class StepQuery {

  private final QueryEngine engine;
  private final ParsedQuery query;
  private final StatsColumns columns;
  private final List<String> labels;

  private StepQuery(QueryEngine engine, ParsedQuery query, StatsColumns columns) {
    this.engine = engine;
    this.query = query;
    this.columns = columns;
    this.labels = columns.labels().stream().filter((field) -> !field.equals(Field.TIME)).toList();
  }

  /**
   * A value.
   *
   * @param start the start of its step, in nanoseconds since the epoch
   * @param labels the group's fields, and under {@code __name__} the name of the result
   */
  public record Value(long start, Map<String, String> labels, double number) {}

  /**
   * Compiles a query.
   *
   * @param stepMillis the length of a step; steps begin at multiples of it since the epoch
   * @throws ProblemException 400 if the text is no query that ends in stats
   */
  public static StepQuery compile(QueryEngine engine, String text, long stepMillis) {
    try {
      ParsedQuery parsed = engine.parse(text);
      StatsColumns columns = StatsController.columns(parsed);
      StatsController.refuseCuts(parsed);
      Query tree =
          new TimeBuckets(new Bucket(Field.TIME, stepMillis + "ms", 0)).group(parsed.tree());
      return new StepQuery(engine, new ParsedQuery(tree.canonical(), tree), columns);
    } catch (QuerySyntaxException ex) {
      // Without the cause, or the exception handler of the query paths would answer instead.
      throw new ProblemException(HttpStatus.BAD_REQUEST, ex.code(), ex.detail())
          .with("line", ex.line())
          .with("column", ex.column());
    }
  }

  /**
   * Refuses a query that groups by time itself: each step would have several values for a group.
   *
   * @throws ProblemException 400 with the code {@code query_groups_by_time}
   */
  public void refuseTimes() {
    if (columns.labels().contains(Field.TIME)) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              "query_groups_by_time",
              "The query must not group by _time: a series has a value for each of its own steps."
                  + " Leave _time out of 'by (…)' and set 'step'.")
          .with("property", "query");
    }
  }

  /**
   * The labels of its series: the group's fields, and {@code result} unless that is {@code value}.
   */
  public List<String> seriesLabels() {
    List<String> names = new ArrayList<>(labels);
    if (!columns.metrics().stream().allMatch("value"::equals)) {
      names.add("result");
    }
    return names;
  }

  /** Whether no value decreases with more records, so that a missing one is 0. */
  public boolean isGrowing() {
    return query.tree().pipes().stream()
        .filter(StatsPipe.class::isInstance)
        .map(StatsPipe.class::cast)
        .flatMap((stats) -> stats.calculations().stream())
        .allMatch((calculation) -> calculation.call().function().isGrowing());
  }

  /**
   * Runs the query. Results that are no numbers are left out.
   *
   * @param start the earliest time of records, included, in nanoseconds since the epoch
   * @param end the latest time, excluded
   * @throws IOException if records could not be read
   */
  public List<Value> ask(long start, long end) throws IOException {
    List<Value> values = new ArrayList<>();
    for (Map<String, String> row : engine.rows(query, start, end - 1)) {
      long time = Timestamps.parse(row.getOrDefault(Field.TIME, ""));
      for (StatsController.Sample sample : StatsController.samples(columns, row, labels)) {
        double number = Numbers.measure(sample.value());
        if (!Double.isNaN(number) && !sample.value().isEmpty()) {
          Map<String, String> metric = new TreeMap<>(sample.metric());
          metric.values().removeIf(String::isEmpty);
          values.add(new Value(time, metric, number));
        }
      }
    }
    return values;
  }
}
