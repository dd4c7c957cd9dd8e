package io.logcaster.query;

import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.QueryTree;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.Times;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Numbers;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The arguments of a request that the query paths share, from its address or a form. */
final class QueryArguments {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServletRequest request;

  private final long now;

  QueryArguments(HttpServletRequest request, Clock clock) {
    this.request = request;
    Instant instant = clock.instant();
    now = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  long now() {
    return now;
  }

  /** The query with the filters that the request adds to it. */
  Query query() {
    String text = request.getParameter("query");
    if (text == null || text.isBlank()) {
      throw problem(
          "missing_parameter", "query", "Parameter 'query' is required, such as query=error");
    }
    QueryTree tree = Parser.parse(text);
    List<Filter> filters = new ArrayList<>();
    filters.addAll(extra("extra_filters", false));
    filters.addAll(extra("extra_stream_filters", true));
    if (!filters.isEmpty()) {
      filters.add(tree.filter());
      tree = new QueryTree(tree.options(), new AndFilter(filters), tree.pipes());
    }
    return new Query(text, tree);
  }

  /** Filters as LogsQL, or as a JSON object of fields with the values they must have. */
  private List<Filter> extra(String name, boolean stream) {
    List<Filter> filters = new ArrayList<>();
    String[] values = request.getParameterValues(name);
    for (String value : (values == null) ? new String[0] : values) {
      if (value.isBlank()) {
        continue;
      }
      if (!value.stripLeading().startsWith("{\"")) {
        filters.add(Parser.parse(value).filter());
        continue;
      }
      JsonNode node = json(name, value);
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        List<String> wanted = new ArrayList<>();
        if (field.getValue().isArray()) {
          field.getValue().forEach((item) -> wanted.add(item.asString()));
        } else {
          wanted.add(field.getValue().asString());
        }
        filters.add(
            stream ? streamFilter(field.getKey(), wanted) : fieldFilter(field.getKey(), wanted));
      }
    }
    return filters;
  }

  private static Filter streamFilter(String name, List<String> values) {
    return new StreamFilter(
        values.stream()
            .map(
                (value) ->
                    List.of(new StreamFilter.Matcher(name, StreamFilter.Operator.EQUAL, value)))
            .toList());
  }

  private static Filter fieldFilter(String name, List<String> values) {
    if (values.size() == 1) {
      return values.getFirst().isEmpty()
          ? new PhraseFilter(name, "")
          : new ExactFilter(name, values.getFirst());
    }
    return new ListFilter(name, ListFilter.Operator.IN, values, null);
  }

  private static JsonNode json(String name, String value) {
    try {
      return JSON.readTree(value);
    } catch (JacksonException ex) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '" + name + "' is neither LogsQL nor a JSON object");
    }
  }

  /** The range of {@code start} and {@code end}; what is missing is open. */
  QueryRange range() {
    Bound start = time("start");
    Bound end = time("end");
    return new QueryRange(
        (start == null) ? Long.MIN_VALUE : start.relative() ? now + start.first() : start.first(),
        (end == null) ? Long.MAX_VALUE : end.relative() ? now + end.last() : end.last());
  }

  /** A time, null where it is missing. */
  @Nullable Bound time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Bound bound = Times.bound(text);
    if (bound == null) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '"
              + name
              + "' is '"
              + text
              + "', but must be a time such as 2026-01-31T12:00:00Z, 1h or 1767225600");
    }
    return bound;
  }

  /** A text, null where it is missing or empty. */
  @Nullable String text(String name) {
    String text = request.getParameter(name);
    return (text == null || text.isBlank()) ? null : text.strip();
  }

  String required(String name) {
    String text = text(name);
    if (text == null) {
      throw problem("missing_parameter", name, "Parameter '" + name + "' is required");
    }
    return text;
  }

  List<String> texts(String name) {
    String[] values = request.getParameterValues(name);
    return (values == null)
        ? List.of()
        : List.of(values).stream().filter((value) -> !value.isBlank()).toList();
  }

  boolean flag(String name) {
    String text = text(name);
    return text != null && (text.equals("1") || text.equalsIgnoreCase("true"));
  }

  /** A whole number, or what holds where it is missing. */
  long number(String name, long otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    double number = Numbers.parse(text);
    if (!(number >= 0) || number != Math.rint(number)) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '" + name + "' is '" + text + "', but must be a whole number");
    }
    return (long) number;
  }

  /**
   * A duration in nanoseconds, or what holds where it is missing. A plain number counts seconds.
   */
  long duration(String name, long otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    long nanos = Durations.parse(text);
    double seconds = Numbers.parse(text);
    if (nanos == Durations.INVALID && Double.isNaN(seconds)) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '" + name + "' is '" + text + "', but must be a duration such as 5m");
    }
    return (nanos == Durations.INVALID) ? (long) (seconds * 1e9) : nanos;
  }

  /**
   * How long the query may run: what the request asks for, but no longer than the server allows.
   */
  Duration timeout(Duration most) {
    long nanos = duration("timeout", most.toNanos());
    return (nanos > 0 && nanos < most.toNanos()) ? Duration.ofNanos(nanos) : most;
  }

  static ProblemException problem(String code, String parameter, String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, code, detail).with("parameter", parameter);
  }
}
