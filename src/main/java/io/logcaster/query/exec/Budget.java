package io.logcaster.query.exec;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What a query may use: memory, shared by all its operators, and time. */
public final class Budget {

  private final long memory;

  private final AtomicLong used = new AtomicLong();

  private final long deadline;

  private final LongSupplier nanoTime;

  private final BooleanSupplier cancelled;

  /**
   * Makes a budget.
   *
   * @param memory bytes
   * @param nanos how long the query may run
   * @param nanoTime a clock that only goes forward
   * @param cancelled whether nobody waits for the result any more
   */
  public Budget(long memory, long nanos, LongSupplier nanoTime, BooleanSupplier cancelled) {
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.cancelled = cancelled;
    deadline = nanoTime.getAsLong() + nanos;
  }

  /** Counts memory that an operator holds. */
  void reserve(long bytes) {
    if (used.addAndGet(bytes) > memory) {
      throw new QueryAbortedException(
          QueryAbortedException.MEMORY,
          "The query needs more than the "
              + (memory >> 20)
              + " MB it may use; select fewer rows or group by fewer values");
    }
  }

  /** Counts memory that an operator let go. */
  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Ends the query where its time is up or nobody waits for it. */
  void check() {
    if (cancelled.getAsBoolean()) {
      throw new QueryAbortedException(QueryAbortedException.CANCELLED, "The query was cancelled");
    }
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new QueryAbortedException(
          QueryAbortedException.TIMEOUT,
          "The query takes longer than it may; select a shorter time or fewer rows");
    }
  }
}
