package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.PipeTraits;
import io.logcaster.query.ast.Query;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stats in the shapes of the Prometheus querying API: each result of each group is a series. */
@RestController
@RequestMapping(
    path = {"/api/v1", "/select/logsql"},
    method = {RequestMethod.GET, RequestMethod.POST})
class StatsController {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpQueries queries;

  private final AskedQueries asked;

  private final Clock clock;

  StatsController(HttpQueries queries, AskedQueries asked, Clock clock) {
    this.queries = queries;
    this.asked = asked;
    this.clock = clock;
  }

  @Operation(summary = "Stats as of a moment")
  @RequestMapping("/stats_query")
  Map<String, Object> statsQuery(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    ParsedQuery query = arguments.query();
    StatsColumns columns = columns(query);
    asked.asked(request.getRemoteUser(), query.text());
    Long time = arguments.instant("time");
    long now = (time == null) ? arguments.now() : time;
    List<Map<String, Object>> result = new ArrayList<>();
    for (Map<String, String> row :
        queries.rows(request, arguments, query.tree(), arguments.range())) {
      for (Sample sample : samples(columns, row, columns.labels())) {
        result.add(Map.of("metric", sample.metric(), "value", point(now, sample.value())));
      }
    }
    return answer("vector", result);
  }

  /** The columns of a query, which has to end in stats. */
  static StatsColumns columns(ParsedQuery query) {
    StatsColumns columns = query.statsColumns();
    if (columns == null) {
      throw new QuerySyntaxException(
          "The query must end in a stats pipe here", query.text(), query.text().length());
    }
    if (columns.metrics().isEmpty()) {
      throw new QuerySyntaxException(
          "The query keeps no result of its stats pipe", query.text(), query.text().length());
    }
    return columns;
  }

  /** Refuses pipes that count rows: they would count over all buckets and cut series. */
  static void refuseCuts(ParsedQuery query) {
    for (Pipe pipe : query.tree().pipes()) {
      if (pipe.traits().effect() == PipeTraits.Effect.CUTS) {
        throw new QuerySyntaxException(
            "'limit' and 'offset' are not allowed in a range of stats; 'sort by (…) limit' and"
                + " 'first' choose in each bucket",
            query.text(),
            query.text().length());
      }
    }
  }

  /** A value and the series that it belongs to. */
  record Sample(Map<String, String> metric, String value) {}

  /** The values of a row; a histogram has one for each of its buckets. */
  static List<Sample> samples(StatsColumns columns, Map<String, String> row, List<String> labels) {
    List<Sample> samples = new ArrayList<>();
    for (String name : columns.metrics()) {
      String value = row.getOrDefault(name, "");
      if (!columns.histograms().contains(name)) {
        samples.add(new Sample(metric(row, name, labels), value));
        continue;
      }
      for (JsonNode bucket : JSON.readTree(value.isEmpty() ? "[]" : value)) {
        Map<String, String> metric = metric(row, name + "_bucket", labels);
        metric.put("vmrange", bucket.path("vmrange").asString());
        samples.add(new Sample(metric, bucket.path("hits").asString()));
      }
    }
    return samples;
  }

  private static Map<String, String> metric(
      Map<String, String> row, String name, List<String> labels) {
    Map<String, String> metric = new LinkedHashMap<>();
    metric.put("__name__", name);
    for (String label : labels) {
      metric.put(label, row.getOrDefault(label, ""));
    }
    return metric;
  }

  /** A time in seconds and a value. */
  private static List<Object> point(long nanos, String value) {
    boolean whole = nanos % Timestamps.SECOND == 0;
    return List.of(
        whole ? nanos / Timestamps.SECOND : BigDecimal.valueOf(nanos, 9).stripTrailingZeros(),
        value);
  }

  private static Map<String, Object> answer(String type, List<Map<String, Object>> result) {
    return Map.of("status", "success", "data", Map.of("resultType", type, "result", result));
  }

  @Operation(summary = "Stats in buckets of time")
  @RequestMapping("/stats_query_range")
  Map<String, Object> statsQueryRange(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    ParsedQuery query = arguments.query();
    StatsColumns columns = columns(query);
    asked.asked(request.getRemoteUser(), query.text());
    refuseCuts(query);
    Bucket bucket =
        new Bucket(
            Field.TIME,
            QueryController.step(arguments.text("step")),
            arguments.duration("offset", 0));
    Query tree = new TimeBuckets(bucket).group(query.tree());
    List<String> labels =
        columns.labels().stream().filter((field) -> !field.equals(Field.TIME)).toList();
    Map<Map<String, String>, Map<Long, String>> series = new LinkedHashMap<>();
    for (Map<String, String> row : queries.rows(request, arguments, tree, arguments.range())) {
      long time = Timestamps.parse(row.getOrDefault(Field.TIME, ""));
      for (Sample sample : samples(columns, row, labels)) {
        series.computeIfAbsent(sample.metric(), (key) -> new TreeMap<>()).put(time, sample.value());
      }
    }
    List<Map<String, Object>> result = new ArrayList<>();
    series.forEach(
        (metric, points) ->
            result.add(
                Map.of(
                    "metric",
                    metric,
                    "values",
                    points.entrySet().stream()
                        .map((entry) -> point(entry.getKey(), entry.getValue()))
                        .toList())));
    return answer("matrix", result);
  }
}
