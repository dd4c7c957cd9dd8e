package io.logcaster.query;

import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.StageTaps;
import io.logcaster.query.exec.TimeDivision;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.RowSink;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs the queries of HTTP requests: each takes its turn among the others, and runs no longer than
 * its client waits.
 */
@Component
class HttpQueries {

  private final QueryEngine engine;

  private final QueryScheduler scheduler;

  private final QueryLimits limits;

  HttpQueries(QueryEngine engine, QueryScheduler scheduler, QueryLimits limits) {
    this.engine = engine;
    this.scheduler = scheduler;
    this.limits = limits;
  }

  /** An admitted query. */
  @FunctionalInterface
  interface Work<T> {

    T run(Duration timeout, BooleanSupplier cancelled, QueryScheduler.Pass pass) throws IOException;
  }

  private <T> T admitted(HttpServletRequest request, QueryArguments arguments, Work<T> work)
      throws IOException {
    BooleanSupplier closed = ConnectionWatch.closed(request);
    Duration timeout = arguments.timeout(limits.time());
    QueryScheduler.Pass pass = scheduler.enter();
    try {
      return work.run(timeout, closed, pass);
    } finally {
      pass.leave();
    }
  }

  /**
   * Runs a part of a query for another node, as a query of its own.
   *
   * @param goesOn called again and again while it runs
   */
  void part(HttpServletRequest request, Runnable goesOn, Work<?> work) throws IOException {
    BooleanSupplier closed = ConnectionWatch.closed(request);
    QueryScheduler.Pass pass = scheduler.enter();
    try {
      work.run(
          limits.time(),
          () -> {
            if (closed.getAsBoolean()) {
              return true;
            }
            goesOn.run();
            return false;
          },
          pass);
    } finally {
      pass.leave();
    }
  }

  QueryEngine engine() {
    return engine;
  }

  /** Runs a query and hands its rows over. */
  void run(
      HttpServletRequest request,
      QueryArguments arguments,
      ParsedQuery query,
      QueryRange range,
      RowConsumer consumer)
      throws IOException {
    note(request, measure(request, arguments, query, range, consumer));
  }

  /** As {@link #run}, but gives what the scans met instead of noting what they could not read. */
  ScanCounts measure(
      HttpServletRequest request,
      QueryArguments arguments,
      ParsedQuery query,
      QueryRange range,
      RowConsumer consumer)
      throws IOException {
    return admitted(
        request,
        arguments,
        (timeout, cancelled, pass) ->
            engine.run(query, range, arguments.moment(), timeout, consumer, cancelled, pass));
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
    ParsedQuery parsed = new ParsedQuery(query.canonical(), query);
    ScanCounts counts =
        admitted(
            request,
            arguments,
            (timeout, cancelled, pass) ->
                engine.run(parsed, range, now, timeout, sink, cancelled, pass));
    note(request, counts);
  }

  /** Runs a query over all records, for taps between its pipes. */
  void run(HttpServletRequest request, QueryArguments arguments, Query query, StageTaps taps)
      throws IOException {
    QueryRange range = arguments.range();
    long now = arguments.moment();
    ScanCounts counts =
        admitted(
            request,
            arguments,
            (timeout, cancelled, pass) ->
                engine.run(query, range, now, timeout, taps, cancelled, pass));
    note(request, counts);
  }

  /** A range of a query that is run on several, and who takes its rows. */
  record Side(QueryRange range, RowSink sink) {}

  /**
   * Runs a query on several ranges, in one scan if they touch: only for queries whose rows are the
   * records themselves, with their own times.
   */
  void run(HttpServletRequest request, QueryArguments arguments, Query query, List<Side> sides)
      throws IOException {
    boolean plain = query.pipes().isEmpty() && query.options().equals(Query.Options.DEFAULT);
    QueryRange span = plain ? span(sides) : null;
    if (span == null) {
      for (Side side : sides) {
        run(request, arguments, query, side.range(), arguments.moment(), side.sink());
      }
      return;
    }
    List<TimeDivision.Part> parts = new ArrayList<>();
    for (Side side : sides) {
      parts.add(new TimeDivision.Part(side.range().start(), side.range().end(), side.sink()));
    }
    run(request, arguments, query, span, arguments.moment(), new TimeDivision(parts));
  }

  /** The times of all ranges together; null if there are gaps between them. */
  private static @Nullable QueryRange span(List<Side> sides) {
    List<QueryRange> ranges =
        sides.stream()
            .map(Side::range)
            .sorted(Comparator.comparingLong(QueryRange::start))
            .toList();
    QueryRange span = ranges.getFirst();
    for (QueryRange range : ranges) {
      if (!span.touches(range)) {
        return null;
      }
      span = span.span(range);
    }
    return span;
  }

  /**
   * Hands the records of a query over on two sides: those of a range, and those of {@code
   * baseQuery}, by default the query, in the range's base; with the same query, without those of
   * the range.
   */
  void compare(
      HttpServletRequest request,
      QueryArguments arguments,
      ComparedRanges ranges,
      RowSink inside,
      RowSink outside)
      throws IOException {
    Query query = arguments.query().tree();
    Query baseQuery =
        (arguments.text("baseQuery") != null) ? arguments.query("baseQuery").tree() : query;
    boolean alike = baseQuery.canonical().equals(query.canonical());
    List<Side> sides = new ArrayList<>();
    sides.add(new Side(ranges.range(), inside));
    if (alike) {
      ranges.outside().forEach((range) -> sides.add(new Side(range, outside)));
    }
    run(request, arguments, query, sides);
    if (!alike) {
      run(request, arguments, baseQuery, ranges.base(), arguments.moment(), outside);
    }
  }

  /** Runs a query and gives all its rows. */
  List<Map<String, String>> rows(
      HttpServletRequest request, QueryArguments arguments, Query query, QueryRange range)
      throws IOException {
    ParsedQuery parsed = new ParsedQuery(query.canonical(), query);
    return admitted(
        request,
        arguments,
        (timeout, cancelled, pass) ->
            engine.rows(
                parsed,
                range,
                arguments.moment(),
                timeout,
                cancelled,
                pass,
                (counts) -> note(request, counts)));
  }

  private static void note(HttpServletRequest request, ScanCounts counts) {
    PartialAnswer.note(request, counts.trace().damage());
  }

  /** How many workers may hand rows over at once. */
  int workers() {
    return engine.workers();
  }
}
