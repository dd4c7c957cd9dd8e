package io.logcaster.query;

import io.logcaster.query.exec.ComparedCurves;
import io.logcaster.query.exec.ComparedCurves.CurvePair;
import io.logcaster.query.exec.CurveCounts;
import io.logcaster.query.exec.filter.RowMatcher;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** How the differences of a comparison go over time, and which of them say the same. */
@RestController
@RequestMapping(
    path = "/api/v1/compare/curves",
    method = {RequestMethod.GET, RequestMethod.POST})
class CurvesController {

  private static final int DEFAULT_PARTS = 30;

  /** A curve of more points is a chart, for which there are hits and stats. */
  private static final int MAX_PARTS = 200;

  /** Each filter is one more pass over the columns in memory. */
  private static final int MAX_FILTERS = 100;

  private final HttpQueries queries;

  private final Clock clock;

  CurvesController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Curves of both sides.
   *
   * @param records all records, by the part of their range
   * @param curves those of the filters, then of the templates, in the order given
   * @param groups the numbers of the curves, from 0; those of one group have almost the same
   *     records
   */
  record CurvesOfSides(CurvePair records, List<CurvePair> curves, List<List<Integer>> groups) {}

  @Operation(
      summary = "How differences of a comparison go over time, and which of them say the same",
      description =
          "Takes the query and the ranges of /api/v1/compare, and the filters and templates that it"
              + " found. Counts the records of each in equal parts of both ranges. A group is what"
              + " has at least 95 % of its records in common.")
  @Parameter(name = "filter", description = "Up to 100 filters without pipes")
  @Parameter(name = "template", description = "Up to 100 templates")
  @Parameter(name = "parts", description = "How many parts each range has, 30 by default")
  @RequestMapping
  CurvesOfSides curves(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    long parts = arguments.number("parts", DEFAULT_PARTS);
    if (parts < 1 || parts > MAX_PARTS) {
      throw QueryArguments.problem(
          "invalid_parameter", "parts", "Parameter 'parts' must be from 1 to " + MAX_PARTS);
    }
    List<String> templates = atMost(arguments, "template");
    List<RowMatcher> filters = new ArrayList<>();
    for (String filter : atMost(arguments, "filter")) {
      filters.add(queries.engine().matcher(filter, arguments.moment()));
    }
    ComparedRanges ranges = ComparedRanges.of(arguments);
    CurveCounts inside = counts(filters, ranges.range(), (int) parts);
    CurveCounts outside = counts(filters, ranges.base(), (int) parts);
    queries.compare(request, arguments, ranges, inside, outside);
    ComparedCurves compared = ComparedCurves.of(inside, outside, filters.size(), templates);
    return new CurvesOfSides(compared.records(), compared.curves(), compared.groups());
  }

  private CurveCounts counts(List<RowMatcher> filters, QueryRange range, int parts) {
    return new CurveCounts(queries.workers(), filters, range.start(), range.end(), parts);
  }

  private static List<String> atMost(QueryArguments arguments, String name) {
    List<String> texts = arguments.texts(name);
    if (texts.size() > MAX_FILTERS) {
      throw QueryArguments.problem(
          "invalid_parameter",
          name,
          "Parameter '%s' is given %d times, but at most %d are allowed"
              .formatted(name, texts.size(), MAX_FILTERS));
    }
    return texts;
  }
}
