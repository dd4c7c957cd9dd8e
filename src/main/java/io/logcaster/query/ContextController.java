package io.logcaster.query;

import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Times;
import io.logcaster.record.Field;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The records around one in its stream. */
@RestController
@RequestMapping(
    path = {"/api/v1", "/select/logsql"},
    method = {RequestMethod.GET, RequestMethod.POST})
class ContextController {

  private static final long DEFAULT_RECORDS = 10;

  private final HttpQueries queries;

  private final Clock clock;

  ContextController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** Records of one stream in the order of their times: before, at and after the one asked for. */
  record Context(
      List<Map<String, String>> before,
      List<Map<String, String>> records,
      List<Map<String, String>> after) {}

  /**
   * The record is named by {@code id}: its {@code _stream_id}, an at sign and its {@code _time}.
   */
  @Operation(
      summary = "The records before and after one of the same stream",
      description = "id is _stream_id@_time")
  @RequestMapping("/context")
  Context context(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    String id = arguments.required("id");
    int at = id.indexOf('@');
    Bound time = (at < 0) ? null : Times.bound(id.substring(at + 1));
    if (time == null || time.relative() || !id.substring(0, at).matches("[0-9a-fA-F]{48}")) {
      throw QueryArguments.problem(
          "invalid_parameter",
          "id",
          "Parameter 'id' is '" + id + "', but must be a record's _stream_id, @ and its _time");
    }
    String stream = id.substring(0, at);
    long nanos = time.first();
    return new Context(
        before(request, arguments, stream, nanos).reversed(),
        ask(request, arguments, stream, new QueryRange(nanos, nanos), false, 0),
        after(request, arguments, stream, nanos));
  }

  private List<Map<String, String>> before(
      HttpServletRequest request, QueryArguments arguments, String stream, long time)
      throws IOException {
    long count = arguments.number("before", DEFAULT_RECORDS);
    QueryRange range = new QueryRange(Long.MIN_VALUE, time - 1);
    return (count == 0) ? List.of() : ask(request, arguments, stream, range, true, count);
  }

  private List<Map<String, String>> after(
      HttpServletRequest request, QueryArguments arguments, String stream, long time)
      throws IOException {
    long count = arguments.number("after", DEFAULT_RECORDS);
    QueryRange range = new QueryRange(time + 1, Long.MAX_VALUE);
    return (count == 0) ? List.of() : ask(request, arguments, stream, range, false, count);
  }

  private List<Map<String, String>> ask(
      HttpServletRequest request,
      QueryArguments arguments,
      String stream,
      QueryRange range,
      boolean descending,
      long limit)
      throws IOException {
    Pipe sort =
        new SortPipe(
            List.of(new SortKey(Field.TIME, descending)), false, List.of(), 0, limit, null);
    Query query =
        new Query(Query.Options.DEFAULT, new StreamIdFilter(List.of(stream), null), List.of(sort));
    return queries.rows(request, arguments, query, range);
  }
}
