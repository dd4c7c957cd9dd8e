package io.logcaster.query;

import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.RowSink;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Runs the queries of requests: within the limits of the server, and no longer than somebody waits.
 */
@Component
class HttpQueries {

  private final QueryEngine engine;

  private final QueryScheduler gate;

  private final QueryLimits limits;

  HttpQueries(QueryEngine engine, QueryScheduler gate, QueryLimits limits) {
    this.engine = engine;
    this.gate = gate;
    this.limits = limits;
  }

  /** Runs a query and hands its rows over. */
  void run(
      HttpServletRequest request,
      QueryArguments arguments,
      ParsedQuery query,
      QueryRange range,
      RowConsumer consumer)
      throws IOException {
    BooleanSupplier closed = ConnectionWatch.closed(request);
    Duration timeout = arguments.timeout(limits.time());
    QueryScheduler.Pass pass = gate.enter();
    try {
      note(request, engine.run(query, range, arguments.moment(), timeout, consumer, closed, pass));
    } finally {
      pass.leave();
    }
  }

  /** Runs a query as of a moment and hands its rows over from several workers at once. */
  void run(
      HttpServletRequest request,
      QueryArguments arguments,
      Query query,
      QueryRange range,
      long now,
      RowSink sink)
      throws IOException {
    BooleanSupplier closed = ConnectionWatch.closed(request);
    Duration timeout = arguments.timeout(limits.time());
    QueryScheduler.Pass pass = gate.enter();
    try {
      note(
          request,
          engine.run(
              new ParsedQuery(query.canonical(), query), range, now, timeout, sink, closed, pass));
    } finally {
      pass.leave();
    }
  }

  /** Runs a query and gives all its rows. */
  List<Map<String, String>> rows(
      HttpServletRequest request, QueryArguments arguments, Query query, QueryRange range)
      throws IOException {
    BooleanSupplier closed = ConnectionWatch.closed(request);
    Duration timeout = arguments.timeout(limits.time());
    QueryScheduler.Pass pass = gate.enter();
    try {
      return engine.rows(
          new ParsedQuery(query.canonical(), query),
          range,
          arguments.moment(),
          timeout,
          closed,
          pass,
          (counts) -> note(request, counts));
    } finally {
      pass.leave();
    }
  }

  private static void note(HttpServletRequest request, ScanCounts counts) {
    PartialAnswer.note(request, counts.trace().damage());
  }

  int workers() {
    return engine.workers();
  }
}
