package io.logcaster.query.exec.budget;

import io.logcaster.record.WorkLimit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The memory and the time that a query may use. All its operators share it. Thread-safe. Closing it
 * returns the memory to the pool.
 */
public final class Budget implements AutoCloseable {

  private final MemoryPool pool;

  private final long memory;

  private final AtomicLong used = new AtomicLong();

  private volatile boolean closed;

  private final long deadline;

  private final Turn turn;

  private final LongSupplier nanoTime;

  private final BooleanSupplier cancelled;

  /**
   * Creates a budget.
   *
   * @param pool where the memory comes from
   * @param memory how many bytes the query may hold
   * @param nanos how long the query may run
   * @param nanoTime a clock that only goes forward
   * @param cancelled whether the client no longer waits for the result
   */
  public Budget(
      MemoryPool pool, long memory, long nanos, LongSupplier nanoTime, BooleanSupplier cancelled) {
    this(pool, memory, nanos, nanoTime, cancelled, Turn.ALWAYS);
  }

  /**
   * Creates the budget of a query that shares the processors with others.
   *
   * @param turn says when the query may continue
   */
  public Budget(
      MemoryPool pool,
      long memory,
      long nanos,
      LongSupplier nanoTime,
      BooleanSupplier cancelled,
      Turn turn) {
    this.turn = turn;
    this.pool = pool;
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.cancelled = cancelled;
    deadline = nanoTime.getAsLong() + nanos;
  }

  /**
   * Counts memory that an operator holds, in bytes; negative numbers release it.
   *
   * @throws QueryAbortedException if the query, or all queries together, would hold too much
   */
  public void reserve(long bytes) {
    if (bytes > 0 && used.get() + bytes > memory) {
      throw tooMuch();
    }
    pool.reserve(bytes);
    long held = used.addAndGet(bytes);
    settle();
    if (bytes > 0 && held > memory) {
      throw tooMuch();
    }
  }

  private QueryAbortedException tooMuch() {
    return new QueryAbortedException(
        QueryAbortedException.MEMORY,
        "The query needs more than the "
            + (memory >> 20)
            + " MB it may use; select fewer rows or fields, group by fewer values, or use an"
            + " earlier end instead of a large offset");
  }

  /** A part of the query's work. Large arrays that it allocates count while it runs. */
  @FunctionalInterface
  public interface Step<T, X extends Exception> {

    T run() throws X;
  }

  /**
   * Runs a step within this budget: code that knows nothing of the query sees the limit as {@link
   * WorkLimit#CURRENT}.
   */
  public <T, X extends Exception> T step(Step<T, X> step) throws X {
    Part part = new Part();
    try {
      return ScopedValue.where(WorkLimit.CURRENT, part).call(step::run);
    } finally {
      part.close();
    }
  }

  /** What one thread does in a step. */
  private final class Part implements WorkLimit {

    private long passing;

    @Override
    public void grow(long bytes) {
      Budget.this.check();
      reserve(bytes);
      passing += bytes;
    }

    @Override
    public void hold(long bytes) {
      reserve(bytes);
    }

    @Override
    public void check() {
      Budget.this.check();
    }

    @Override
    public WorkLimit part() {
      return new Part();
    }

    @Override
    public void close() {
      release(passing);
      passing = 0;
    }
  }

  /** Counts memory that an operator no longer holds, in bytes. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
    pool.release(bytes);
    settle();
  }

  @Override
  public void close() {
    closed = true;
    settle();
  }

  /**
   * Returns all memory after the end of the query, including what a late worker reserves after
   * that.
   */
  private void settle() {
    if (closed) {
      pool.release(used.getAndSet(0));
    }
  }

  /** Waits until it is the query's turn to read the next block. */
  public void awaitTurn() {
    check();
    turn.await(this::check);
  }

  /** Throws if the query's time is up or its client has gone. */
  public void check() {
    if (cancelled.getAsBoolean()) {
      throw new QueryAbortedException(QueryAbortedException.CANCELLED, "The query was cancelled");
    }
    if (nanoTime.getAsLong() - deadline - turn.waitedNanos() > 0) {
      throw new QueryAbortedException(
          QueryAbortedException.TIMEOUT,
          "The query exceeded its time limit; select a shorter time range or fewer rows");
    }
  }
}
