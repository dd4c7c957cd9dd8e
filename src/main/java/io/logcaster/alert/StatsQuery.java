package io.logcaster.alert;

import io.logcaster.query.Query;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/** A rule's query as the query engine understands it: a stats pipe whose column is compared. */
final class StatsQuery implements AlertQuery {

  private static final String VALUE = "value";

  private final QueryEngine engine;
  private final Query query;
  private final List<String> by;

  private StatsQuery(QueryEngine engine, Query query) {
    this.engine = engine;
    this.query = query;
    this.by = query.statsByFields();
  }

  static StatsQuery compile(QueryEngine engine, String text) {
    Query query;
    try {
      query = engine.parse(text);
    } catch (QuerySyntaxException e) {
      // Without the cause, for which the query paths' own answer would be chosen.
      throw new ProblemException(HttpStatus.BAD_REQUEST, e.code(), e.detail())
          .with("line", e.line())
          .with("column", e.column());
    }
    if (!query.endsInStats()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_without_stats",
          "The query must end in a stats pipe, for example '%s | stats count() value'."
              .formatted(text.strip()));
    }
    if (!query.statsResults().contains(VALUE)) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_without_value",
          "The query's stats pipe must name the result to compare 'value', for example 'count() value'. It has: %s."
              .formatted(String.join(", ", query.statsResults())));
    }
    return new StatsQuery(engine, query);
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
    return new GroupValue(labels, number(row.getOrDefault(VALUE, "")));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
