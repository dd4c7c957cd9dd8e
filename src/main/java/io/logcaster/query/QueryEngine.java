package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.LivePipeline;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.QueryExecution;
import io.logcaster.query.exec.StageTaps;
import io.logcaster.query.exec.StepCounts;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.MemoryPool;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.work.HeapShare;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses and runs queries: the entrance to the query language for the rest of the server.
 * Thread-safe.
 */
public final class QueryEngine {

  private final LogStorage storage;

  private final Peers peers;

  private final Clock clock;

  /** Enough for usual queries in the smallest heap. */
  private static final long MIN_POOL = 8L << 20;

  private final QueryLimits limits;

  private final MemoryPool pool;

  private volatile boolean stopping;

  /** Creates an engine for the records of a storage. */
  public QueryEngine(LogStorage storage, Clock clock, QueryLimits limits) {
    this(storage, Peers.NONE, clock, limits);
  }

  /** Creates an engine for the records of a storage and of other servers. */
  QueryEngine(LogStorage storage, Peers peers, Clock clock, QueryLimits limits) {
    this.storage = storage;
    this.peers = peers;
    this.clock = clock;
    this.limits = limits;
    pool = new MemoryPool(Math.max(MIN_POOL, HeapShare.QUERIES.bytes()));
  }

  /**
   * Reads a query.
   *
   * @throws QuerySyntaxException if the text is not a query
   */
  public ParsedQuery parse(String text) {
    return new ParsedQuery(text, Parser.parse(text));
  }

  /**
   * Compiles a filter for batches: for ingest filters, the tail and rules. Times relative to the
   * present count from the moment of use.
   *
   * @throws QuerySyntaxException if the text is not a filter, has pipes or queries in it
   */
  public RowFilter filter(String text) {
    return filter(text, this::now);
  }

  /**
   * As {@link #filter(String)}, but relative times count from a given moment.
   *
   * @param now nanoseconds since the epoch
   */
  public RowFilter filter(String text, long now) {
    return filter(text, () -> now);
  }

  /** As {@link #filter(String, long)}, for rows of a query. */
  RowMatcher matcher(String text, long now) {
    return liveCompiler(text, () -> now).matcher(plainFilter(text));
  }

  private RowFilter filter(String text, LongSupplier present) {
    return liveCompiler(text, present).compile(plainFilter(text));
  }

  private static Filter plainFilter(String text) {
    Query tree = Parser.parse(text);
    if (!tree.pipes().isEmpty()) {
      throw new QuerySyntaxException(
          "A filter must not have pipes", text, Math.max(0, text.indexOf('|')));
    }
    return tree.filter();
  }

  private FilterCompiler liveCompiler(String text, LongSupplier present) {
    return new FilterCompiler(
        present,
        (query) -> {
          throw new QuerySyntaxException("A subquery is not allowed in this filter", text, 0);
        });
  }

  /**
   * Compiles a query that runs on batches as they arrive: for the tail.
   *
   * @throws QuerySyntaxException if a pipe needs more than one row at a time, or a query is in a
   *     filter
   */
  public LiveQuery live(ParsedQuery query) {
    for (Pipe pipe : query.tree().pipes()) {
      if (!pipe.traits().isRowWise()) {
        StringBuilder text = new StringBuilder();
        pipe.print(text);
        throw new QuerySyntaxException(
            "A live query cannot have the pipe '" + text + "'", query.text(), 0);
      }
    }
    MemoryPool own = new MemoryPool(limits.memory());
    Budget budget =
        new Budget(own, limits.memory(), Long.MAX_VALUE >> 1, System::nanoTime, () -> false);
    return new LiveQuery(
        new LivePipeline(query.tree(), liveCompiler(query.text(), this::now), this::now, budget));
  }

  /**
   * Compiles pipes that change the fields of a record, for records on their way in.
   *
   * @param pipes one or several pipes, as after the first {@code |} of a query
   * @throws QuerySyntaxException if the text is not a list of such pipes, or has a query in it
   */
  public RowPipes rowPipes(String pipes) {
    String text = "* | " + pipes;
    Query tree = Parser.parse(text);
    RowPipes.check(tree.pipes(), text);
    return new RowPipes(tree, liveCompiler(text, this::now), this::now);
  }

  private long now() {
    Instant instant = clock.instant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /**
   * Runs a query and gives all rows of its result.
   *
   * @param startNanos the earliest time of records, included, in nanoseconds since the epoch
   * @param endNanos the latest time, included
   * @throws IOException if records could not be read
   * @throws QueryAbortedException if the query or its result reached a limit
   */
  public List<Map<String, String>> rows(ParsedQuery query, long startNanos, long endNanos)
      throws IOException {
    return rows(query, startNanos, endNanos, limits.time());
  }

  /** As {@link #rows(ParsedQuery, long, long)}, with a timeout of its own. */
  public List<Map<String, String>> rows(
      ParsedQuery query, long startNanos, long endNanos, Duration timeout) throws IOException {
    QueryRange range = new QueryRange(startNanos, endNanos);
    return rows(query, range, now(), timeout, () -> false, Turn.ALWAYS, (met) -> {});
  }

  /** As {@link #rows(ParsedQuery, long, long)}; also names what did not answer. */
  public List<Map<String, String>> rows(
      ParsedQuery query, long startNanos, long endNanos, Consumer<String> away) throws IOException {
    QueryRange range = new QueryRange(startNanos, endNanos);
    Consumer<ScanCounts> met = (counts) -> PartialAnswer.away(counts, away);
    return rows(query, range, now(), limits.time(), () -> false, Turn.ALWAYS, met);
  }

  /**
   * As {@link #rows(ParsedQuery, long, long)}, as of a moment, with a timeout, and until cancelled;
   * also hands over what the scans read. The rows count as memory of the query.
   */
  List<Map<String, String>> rows(
      ParsedQuery query,
      QueryRange range,
      long now,
      Duration timeout,
      BooleanSupplier cancelled,
      Turn turn,
      Consumer<ScanCounts> met)
      throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Budget budget = budget(timeout, cancelled, turn)) {
      ScanCounts counts =
          run(
              query,
              range,
              now,
              (frame, found, worker) -> {
                List<Map<String, String>> maps = new ResultRows(frame, found).toMaps();
                budget.reserve(ResultRows.memoryBytes(maps));
                synchronized (rows) {
                  rows.addAll(maps);
                  checkSize(rows.size());
                }
                return true;
              },
              budget);
      met.accept(counts);
    }
    return rows;
  }

  /**
   * Counts the rows that come before the stats pipe of a query in consecutive steps of time, by the
   * values of fields: in one pass, and in less memory than a row for each group and step.
   *
   * @param by the fields to group by
   * @param first the start of the first step, in nanoseconds since the epoch
   * @param width the length of a step in nanoseconds
   * @param steps how many there are
   * @param away receives the name of what did not answer
   * @throws IOException if records could not be read
   * @throws QueryAbortedException if the query reached a limit
   */
  public List<CountedGroup> counts(
      ParsedQuery query, List<Bucket> by, long first, long width, int steps, Consumer<String> away)
      throws IOException {
    ParsedQuery rows = new ParsedQuery(query.text(), query.rowWise());
    QueryRange range = new QueryRange(first, first + width * steps - 1);
    StepCounts counts = new StepCounts(by, first, width, steps, limits.workers());
    PartialAnswer.away(
        run(rows, range, now(), limits.time(), counts, () -> false, Turn.ALWAYS), away);
    return counts.groups().stream().map(CountedGroup::new).toList();
  }

  private Budget budget(Duration timeout, BooleanSupplier cancelled, Turn turn) {
    return new Budget(
        pool,
        Math.min(limits.memory(), pool.capacity()),
        timeout.toNanos(),
        System::nanoTime,
        () -> stopping || cancelled.getAsBoolean(),
        turn);
  }

  /** Cancels all queries, because the server stops. */
  void stop() {
    stopping = true;
  }

  /** Throws if a result has more rows than may be held in memory. */
  private void checkSize(int rows) {
    if (rows > limits.rows()) {
      throw QueryAbortedException.tooManyRows(limits.rows());
    }
  }

  /**
   * Runs a query and hands its rows over as they are found.
   *
   * @param cancelled asked often; once true, the query ends
   * @throws IOException if records could not be read
   * @throws QueryAbortedException if the query reached a limit or was cancelled
   */
  void run(ParsedQuery query, QueryRange range, RowConsumer consumer, BooleanSupplier cancelled)
      throws IOException {
    run(query, range, now(), limits.time(), consumer, cancelled, Turn.ALWAYS);
  }

  /**
   * As {@link #run(ParsedQuery, QueryRange, RowConsumer, BooleanSupplier)}, as of a moment and with
   * less time; gives what the scans met.
   */
  ScanCounts run(
      ParsedQuery query,
      QueryRange range,
      long now,
      Duration timeout,
      RowConsumer consumer,
      BooleanSupplier cancelled,
      Turn turn)
      throws IOException {
    ReentrantLock one = new ReentrantLock();
    return run(
        query,
        range,
        now,
        timeout,
        (frame, rows, worker) -> {
          one.lock();
          try {
            return consumer.accept(new ResultRows(frame, rows));
          } finally {
            one.unlock();
          }
        },
        cancelled,
        turn);
  }

  /** Runs a query as of a moment and hands its rows over from several workers at once. */
  ScanCounts run(
      ParsedQuery query,
      QueryRange range,
      long now,
      Duration timeout,
      RowSink sink,
      BooleanSupplier cancelled,
      Turn turn)
      throws IOException {
    try (Budget budget = budget(timeout, cancelled, turn)) {
      return run(query, range, now, sink, budget);
    }
  }

  private ScanCounts run(ParsedQuery query, QueryRange range, long now, RowSink sink, Budget budget)
      throws IOException {
    QueryExecution runner = runner(range, now, budget);
    runner.run(query.tree(), sink);
    return runner.counts();
  }

  /** Runs a query as of a moment over all records, for taps between its pipes. */
  ScanCounts run(
      Query query,
      QueryRange range,
      long now,
      Duration timeout,
      StageTaps taps,
      BooleanSupplier cancelled,
      Turn turn)
      throws IOException {
    try (Budget budget = budget(timeout, cancelled, turn)) {
      QueryExecution runner = runner(range, now, budget);
      runner.run(query, taps);
      return runner.counts();
    }
  }

  /**
   * Runs a part of a query for another server, on the own records only.
   *
   * @param sink takes the rows
   * @param state takes the state of the last pipe instead; null for rows
   */
  ScanCounts part(
      Peers.Question question,
      Duration timeout,
      RowSink sink,
      @Nullable Consumer<StateOutput> state,
      BooleanSupplier cancelled,
      Turn turn)
      throws IOException {
    try (Budget budget = budget(timeout, cancelled, turn)) {
      QueryExecution part = QueryExecution.ofPart(storage, question, limits.workers(), budget);
      part.runPart(question.query(), sink, state);
      return part.counts();
    }
  }

  private QueryExecution runner(QueryRange range, long now, Budget budget) {
    return new QueryExecution(
        storage, peers, now, now(), range.start(), range.end(), limits.workers(), budget);
  }

  /** Bytes that all queries hold at the moment. */
  long memoryInUse() {
    return pool.used();
  }

  /** How many workers may hand rows over at once. */
  int workers() {
    return limits.workers();
  }
}
