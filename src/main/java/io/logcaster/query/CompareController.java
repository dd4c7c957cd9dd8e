package io.logcaster.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.query.exec.PatternComparison;
import io.logcaster.query.exec.PatternComparison.Change;
import io.logcaster.query.exec.PatternMiner;
import io.logcaster.query.exec.compare.FieldCounts;
import io.logcaster.query.exec.compare.LikelihoodRatio;
import io.logcaster.query.exec.compare.ValueComparison;
import io.logcaster.query.exec.compare.ValueComparison.Difference;
import io.logcaster.query.exec.compare.ValueComparison.Numbered;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.record.Bitmap;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What sets records apart from others: the values and the templates whose share differs. */
@RestController
@RequestMapping(
    path = "/api/v1/compare",
    method = {RequestMethod.GET, RequestMethod.POST})
class CompareController {

  private static final long DEFAULT_LIMIT = 50;

  private final HttpQueries queries;

  private final TemplateIds ids;

  private final Clock clock;

  CompareController(HttpQueries queries, TemplateIds ids, Clock clock) {
    this.queries = queries;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A value whose share differs.
   *
   * @param value the value, a bound such as {@code >=500}, or {@code *} for any value of the field
   * @param filter selects the records that have it
   * @param inside how many records inside have it
   * @param outside how many records outside have it
   * @param ratio its share inside divided by its share outside, each with half a record added
   * @param score the log-likelihood ratio: above 10.83, one in a thousand is due to chance
   * @param numbers for a bound: quantiles of the field's numbers on both sides
   */
  record ComparedValue(
      String field,
      String value,
      String filter,
      long inside,
      long outside,
      double ratio,
      double score,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Numbered numbers) {}

  /**
   * A template whose share differs; its numbers as those of a value.
   *
   * @param id under which {@code /api/v1/templates} knows it
   * @param template the text, with {@code <*>} for what varies
   * @param example a message
   */
  record ComparedTemplate(
      String id,
      String template,
      String example,
      long inside,
      long outside,
      double ratio,
      double score) {}

  /**
   * What differs, the highest scores first.
   *
   * @param inside the number of records inside
   * @param outside the number of records outside
   */
  record ComparedSides(
      long inside, long outside, List<ComparedValue> fields, List<ComparedTemplate> templates) {}

  @Operation(
      summary = "The values and templates whose share of the records differs between two sides",
      description =
          "Inside are the records that the query selects from start to end, by default now. Outside"
              + " are those of baseQuery, by default the query, from baseStart to baseEnd, by"
              + " default as much time directly before; if both sides have the same query, without"
              + " those inside. All records count. Left out are shares that differ by less than a"
              + " quarter or may differ by chance. limit applies to fields and to templates.")
  @RequestMapping
  ComparedSides compare(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    long limit = arguments.number("limit", DEFAULT_LIMIT);
    ComparedRanges ranges = ComparedRanges.of(arguments);
    Side inside = new Side();
    Side outside = new Side();
    queries.compare(request, arguments, ranges, inside, outside);
    return new ComparedSides(
        inside.fields.rows(),
        outside.fields.rows(),
        ValueComparison.of(inside.fields, outside.fields).stream()
            .limit(all(limit))
            .map(CompareController::value)
            .toList(),
        PatternComparison.of(inside.templates, outside.templates).stream()
            .filter((change) -> LikelihoodRatio.isChange(change.score(), change.ratio()))
            .limit(all(limit))
            .map(this::template)
            .toList());
  }

  private static long all(long limit) {
    return (limit == 0) ? Long.MAX_VALUE : limit;
  }

  private static ComparedValue value(Difference found) {
    StringBuilder filter = new StringBuilder();
    found.filter().print(filter);
    return new ComparedValue(
        found.field(),
        found.value(),
        filter.toString(),
        found.inside(),
        found.outside(),
        found.ratio(),
        found.score(),
        found.numbers());
  }

  private ComparedTemplate template(Change change) {
    return new ComparedTemplate(
        ids.idOf(change.pattern(), change.member()),
        change.pattern(),
        change.example(),
        change.count(),
        change.baseCount(),
        change.ratio(),
        change.score());
  }

  /** What is counted on one side. */
  private final class Side implements RowSink {

    private final FieldCounts fields = new FieldCounts(queries.workers());

    private final PatternMiner templates = PatternMiner.counting(queries.workers());

    @Override
    public boolean push(Frame frame, Bitmap rows, int worker) {
      fields.push(frame, rows.copy(), worker);
      return templates.push(frame, rows, worker);
    }
  }
}
