package io.logcaster.query;

import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.compare.VariableCounts;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The values of one variable of a template. */
@RestController
@RequestMapping(
    path = "/api/v1/patterns/variable",
    method = {RequestMethod.GET, RequestMethod.POST})
class PatternVariableController {

  private static final long DEFAULT_LIMIT = 10;

  private static final long MAX_LIMIT = 1_000;

  /** Somebody waits with the pointer on the variable. */
  private static final long USUAL_MILLIS = 250;

  private final HttpQueries queries;

  private final Clock clock;

  PatternVariableController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** A value and how many records have it. */
  record VariableValue(String value, long count) {}

  /**
   * The quantiles of numbers, as they are written in the messages.
   *
   * @param p50 the median
   */
  record VariableNumbers(String min, String p50, String p90, String p99, String max) {}

  /**
   * What is known of a variable.
   *
   * @param records how many records of the template were read
   * @param distinct how many values they have; 0 if there are too many to be counted
   * @param values the most frequent ones, the most frequent first
   * @param numbers their quantiles if all values are numbers
   * @param complete whether all records of the range were read in the time there is
   */
  record VariableAnswer(
      long records,
      long distinct,
      List<VariableValue> values,
      @Nullable VariableNumbers numbers,
      boolean complete) {}

  @Operation(
      summary = "The values of one variable of a template",
      description =
          "Reads the messages of the template pattern that the query selects, for up to 250 ms"
              + " (reading), and counts what they have at the"
              + " placeholder number place, from 0: its most frequent"
              + " values, and the quantiles if all are numbers. After that time, complete is"
              + " false.")
  @RequestMapping
  VariableAnswer variable(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    String pattern = arguments.required("pattern");
    long place = arguments.number("place", 0);
    long limit = Math.clamp(arguments.number("limit", DEFAULT_LIMIT), 1, MAX_LIMIT);
    long nanos = arguments.duration("reading", TimeUnit.MILLISECONDS.toNanos(USUAL_MILLIS));
    long begin = System.nanoTime();
    VariableCounts counts = counts(pattern, place, () -> System.nanoTime() - begin > nanos);
    Query query = PatternWords.require(arguments.tree(), pattern);
    queries.run(request, arguments, query, arguments.range(), arguments.moment(), counts);
    VariableCounts.Totals totals = counts.totals(limit);
    return new VariableAnswer(
        totals.records(),
        totals.distinct(),
        totals.values().stream()
            .map((value) -> new VariableValue(value.value(), value.count()))
            .toList(),
        numbers(totals.quantiles()),
        counts.isComplete());
  }

  private VariableCounts counts(String pattern, long place, BooleanSupplier late) {
    try {
      int number = Math.clamp(place, 0, Integer.MAX_VALUE);
      return new VariableCounts(queries.workers(), pattern, number, late);
    } catch (IllegalArgumentException ex) {
      throw QueryArguments.problem(
          "invalid_parameter",
          "place",
          "Parameter 'place' is " + place + ", but " + ex.getMessage());
    }
  }

  private static @Nullable VariableNumbers numbers(List<String> quantiles) {
    return quantiles.isEmpty()
        ? null
        : new VariableNumbers(
            quantiles.get(0),
            quantiles.get(1),
            quantiles.get(2),
            quantiles.get(3),
            quantiles.get(4));
  }
}
