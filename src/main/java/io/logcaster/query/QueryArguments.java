package io.logcaster.query;

import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Times;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.NumberBound;
import io.logcaster.query.value.Numbers;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads the arguments that the query paths share, from the address or a form, and checks them. */
final class QueryArguments {

  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");

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
  ParsedQuery query() {
    return HttpQueryReader.of(request);
  }

  /** As {@link #query()}, for a query in another argument. */
  ParsedQuery query(String name) {
    return HttpQueryReader.of(request, name);
  }

  /** The range of {@code start} and {@code end}; open where one is missing. */
  QueryRange range() {
    Long start = instant("start");
    Bound end = time("end");
    return new QueryRange(
        (start == null) ? Long.MIN_VALUE : start,
        (end == null) ? Long.MAX_VALUE : Times.lastOf(end, now));
  }

  /**
   * The moment from which the query's relative times count: {@code time}, else {@code end}, else
   * the present. What happens at {@code time} itself belongs to what comes after, so that {@code
   * _time:1d} at a midnight is the day before.
   */
  long moment() {
    Long time = instant("time");
    Long end = (time == null) ? instant("end") : time;
    return (end == null) ? now : end - 1;
  }

  /** A moment in nanoseconds since the epoch; null if it is missing. */
  @Nullable Long instant(String name) {
    Bound bound = time(name);
    if (bound == null) {
      return null;
    }
    return bound.first(now);
  }

  private @Nullable Bound time(String name) {
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

  /** A text; null if it is missing or empty. */
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

  /** The query; with {@code ignore_pipes}, without its pipes other than filters. */
  Query tree() {
    String name = "ignore_pipes";
    String text = text(name);
    boolean ignored = text != null && TRUE.contains(text);
    if (text != null && !ignored && !FALSE.contains(text)) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '" + name + "' is '" + text + "', but must be 1 or 0");
    }
    Query tree = query().tree();
    return ignored ? tree.filters() : tree;
  }

  /**
   * A whole number, or what holds where it is missing; a number beyond 64 bits becomes the largest
   * long.
   */
  long number(String name, long otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    NumberBound number = NumberBound.of(text);
    if (number == null || !number.isWhole() || number.number() < 0) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '" + name + "' is '" + text + "', but must be a whole number");
    }
    return number.floor();
  }

  /**
   * A duration in nanoseconds, or {@code otherwise} if it is missing. A plain number is in seconds.
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

  /** How long the query may run: as requested, but no longer than the server allows. */
  Duration timeout(Duration most) {
    long nanos = duration("timeout", most.toNanos());
    return (nanos > 0 && nanos < most.toNanos()) ? Duration.ofNanos(nanos) : most;
  }

  static ProblemException problem(String code, String parameter, String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, code, detail).with("parameter", parameter);
  }
}
