package io.logcaster.alert;

import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.StatsColumns;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.query.value.Numbers;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/**
 * A rule's query for the query engine: one that ends with a stats pipe, whose column is compared.
 */
final class StatsQuery implements AlertQuery {

  private static final String VALUE = "value";

  /** The result of {@code sum} and others without any number. */
  private static final String NOTHING = "NaN";

  private final QueryEngine engine;
  private final ParsedQuery query;
  private final List<String> by;

  private StatsQuery(QueryEngine engine, ParsedQuery query, List<String> by) {
    this.engine = engine;
    this.query = query;
    this.by = by;
  }

  static StatsQuery compile(QueryEngine engine, String text) {
    ParsedQuery query;
    try {
      query = engine.parse(text);
    } catch (QuerySyntaxException ex) {
      // Without the cause, or the exception handler of the query paths would answer instead.
      throw new ProblemException(HttpStatus.BAD_REQUEST, ex.code(), ex.detail())
          .with("line", ex.line())
          .with("column", ex.column());
    }
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
    return new StatsQuery(engine, query, columns.labels());
  }

  @Override
  public List<GroupValue> ask(Instant start, Instant end) throws IOException {
    return engine.rows(query, nanos(start), nanos(end) - 1).stream().map(this::group).toList();
  }

  private GroupValue group(Map<String, String> row) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String field : by) {
      String value = row.get(field);
      if (value != null) {
        labels.put(field, value);
      }
    }
    String text = row.getOrDefault(VALUE, "");
    // Read as in filters: 2.5s is a number of nanoseconds, 10KiB of bytes.
    double value = Numbers.measure(text);
    boolean missing = text.isEmpty() || text.equals(NOTHING);
    return new GroupValue(labels, value, Double.isNaN(value) && !missing ? text : null);
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

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
