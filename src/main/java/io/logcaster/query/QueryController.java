package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Queries over HTTP: rows, the histogram of hits, and how a query is understood. */
@RestController
@RequestMapping(
    path = {"/api/v1", "/select/logsql"},
    method = {RequestMethod.GET, RequestMethod.POST})
class QueryController {

  private static final Logger LOG = LoggerFactory.getLogger(QueryController.class);

  private final HttpQueries queries;

  private final Clock clock;

  private final QueryExplanation explanation;

  private final AskedQueries asked;

  QueryController(
      HttpQueries queries, QueryExplanation explanation, AskedQueries asked, Clock clock) {
    this.queries = queries;
    this.explanation = explanation;
    this.asked = asked;
    this.clock = clock;
  }

  @Operation(
      summary = "Runs a query",
      description = "Streams its rows as NDJSON, or as JSON or CSV by the Accept header")
  @RequestMapping("/query")
  void query(HttpServletRequest request, HttpServletResponse response) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    ParsedQuery query = arguments.query();
    asked.asked(request.getRemoteUser(), query.text());
    long limit = arguments.number("limit", 0);
    long offset = arguments.number("offset", 0);
    QueryRange range = arguments.range();
    if (limit > 0) {
      if (offset > DeepPage.DEEP && isRecords(query.tree())) {
        DeepPage page =
            DeepPage.find(
                query,
                range,
                offset,
                (counts, part) -> queries.rows(request, arguments, counts, part));
        range = page.range();
        offset = page.offset();
      }
      query = new ParsedQuery(query.text(), newest(query.tree(), limit, offset));
    }
    try (RowWriter writer = RowWriter.of(request, response, query)) {
      try {
        queries.run(request, arguments, query, range, writer);
      } catch (IOException | RuntimeException ex) {
        if (!writer.hasBegun()) {
          throw ex;
        }
        // Nothing else tells the client that rows are missing.
        writer.error(code(ex), "The answer ends here: " + ex.getMessage());
        writer.finish();
        LOG.warn("A query failed after rows of it were sent", ex);
        return;
      }
      List<String> damage = PartialAnswer.of(request);
      if (!damage.isEmpty()) {
        writer.error(PartialAnswer.code(damage), PartialAnswer.text(damage));
      }
      writer.finish();
    }
  }

  private static String code(Exception failure) {
    return (failure instanceof QueryAbortedException aborted) ? aborted.code() : "internal_error";
  }

  /** Limits a query to the newest records if its rows are records, else to any rows. */
  static Query newest(Query query, long limit, long offset) {
    if (isRecords(query)) {
      List<SortKey> byTime = List.of(new SortKey(Field.TIME, true));
      return query.with(new SortPipe(byTime, false, List.of(), offset, limit, null));
    }
    Query cut = (offset > 0) ? query.with(new OffsetPipe(offset)) : query;
    return cut.with(new LimitPipe(limit));
  }

  /** Whether the rows of a query are records. */
  private static boolean isRecords(Query query) {
    return query.pipes().stream().allMatch((pipe) -> pipe.traits().isRowWise());
  }

  record Hits(List<HitSeries.Hit> hits) {}

  @Operation(summary = "Counts the records that a query selects in buckets of time")
  @RequestMapping("/hits")
  Hits hits(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    List<String> fields = arguments.texts("field");
    Bucket bucket =
        new Bucket(Field.TIME, step(arguments.required("step")), arguments.duration("offset", 0));
    List<Bucket> by = new ArrayList<>(List.of(bucket));
    fields.forEach((field) -> by.add(new Bucket(field)));
    StatsPipe stats =
        new StatsPipe(by, List.of(new StatsPipe.Calculation(StatsCall.countRows(), null, "hits")));
    ParsedQuery query = new ParsedQuery("", arguments.tree());
    QueryRange range = arguments.range();
    List<Map<String, String>> rows =
        queries.rows(request, arguments, query.rowWise().with(stats), range);
    HitSeries series = new HitSeries(fields, bucket, range);
    return new Hits(series.of(rows, arguments.number("fields_limit", 0)));
  }

  static String step(@Nullable String step) {
    if (step == null) {
      return "1d";
    }
    if (Bucket.NAMED_STEPS.containsKey(step)) {
      return step;
    }
    double seconds = Numbers.parse(step);
    if (Durations.parse(step) == Durations.INVALID && seconds >= 1e-9) {
      return Durations.format((long) (seconds * 1e9));
    }
    if (Durations.parse(step) <= 0) {
      throw QueryArguments.problem(
          "invalid_parameter",
          "step",
          "Parameter 'step' is '" + step + "', but must be a duration such as 5m");
    }
    return step;
  }

  @Operation(summary = "Tells how a query is understood, and with run=true what it costs")
  @RequestMapping("/explain")
  QueryExplanation.Explanation explain(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    return explanation.explain(request, arguments);
  }
}
