package io.logcaster.series;

import io.logcaster.series.RunningSeries.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values in the shapes of Prometheus: the matrix of its API, and its text format. */
final class SeriesData {

  private SeriesData() {}

  /** How the values of several steps become one. */
  enum Aggregation {
    AVG,
    SUM,
    MIN,
    MAX,
    LAST;

    double apply(List<Double> values) {
      return switch (this) {
        case AVG -> values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        case SUM -> values.stream().mapToDouble(Double::doubleValue).sum();
        case MIN -> values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        case MAX -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        case LAST -> values.getLast();
      };
    }

    static @Nullable Aggregation of(String text) {
      for (Aggregation each : values()) {
        if (each.name().equals(text.toUpperCase(Locale.ROOT))) {
          return each;
        }
      }
      return null;
    }
  }

  /**
   * The answer to a query of a range.
   *
   * @param steps how many steps make one point
   */
  static Map<String, Object> matrix(
      SeriesDefinition definition, List<Line> lines, long steps, Aggregation aggregation) {
    List<Map<String, Object>> result = new ArrayList<>();
    for (Line line : lines) {
      TreeMap<Long, List<Double>> points = new TreeMap<>();
      line.points()
          .forEach(
              (step, value) ->
                  points
                      .computeIfAbsent(Math.floorDiv(step, steps), (key) -> new ArrayList<>())
                      .add(value));
      List<List<Object>> values = new ArrayList<>();
      points.forEach(
          (point, of) ->
              values.add(
                  List.of(
                      seconds(point * steps * definition.stepMillis()),
                      number(aggregation.apply(of)))));
      Map<String, String> metric = new TreeMap<>(line.labels());
      metric.put("__name__", definition.name());
      result.add(Map.of("metric", metric, "values", values));
    }
    return Map.of("status", "success", "data", Map.of("resultType", "matrix", "result", result));
  }

  private static Object seconds(long millis) {
    return (millis % 1_000 == 0) ? millis / 1_000 : BigDecimal.valueOf(millis, 3);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  /** The latest values as gauges in Prometheus' text format. */
  static String text(List<RunningSeries> all) {
    StringBuilder text = new StringBuilder();
    for (RunningSeries one : all) {
      List<Line> lines = one.latest();
      if (lines.isEmpty()) {
        continue;
      }
      String name = one.definition().name();
      text.append("# HELP ")
          .append(name)
          .append(' ')
          .append(one.definition().query().replace("\\", "\\\\").replace("\n", "\\n"))
          .append("\n# TYPE ")
          .append(name)
          .append(" gauge\n");
      for (Line line : lines) {
        text.append(name);
        labels(text, line.labels());
        text.append(' ').append(number(line.points().firstEntry().getValue())).append('\n');
      }
    }
    return text.toString();
  }

  private static void labels(StringBuilder text, Map<String, String> labels) {
    String separator = "{";
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      text.append(separator)
          .append(labelName(label.getKey()))
          .append("=\"")
          .append(label.getValue().replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\""))
          .append('"');
      separator = ",";
    }
    text.append(labels.isEmpty() ? "" : "}");
  }

  /** A field's name with what Prometheus does not allow replaced by underscores. */
  private static String labelName(String field) {
    String name = field.replaceAll("[^a-zA-Z0-9_]", "_");
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
