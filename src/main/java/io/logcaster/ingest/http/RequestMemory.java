package io.logcaster.ingest.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request holds in memory until its records are handed in. All requests together may hold
 * a quarter of the heap; one more is told to come again, and one that alone takes more to come in
 * parts. Not thread-safe.
 */
final class RequestMemory implements AutoCloseable {

  private static final long BUDGET = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 4);

  private static final AtomicLong HELD = new AtomicLong();

  private long held;

  /** Counts bytes that are about to be needed. */
  void hold(long count) throws OverloadedException {
    held += count;
    if (held > BUDGET) {
      HELD.addAndGet(count);
      throw new OverloadedException(BUDGET);
    }
    if (HELD.addAndGet(count) > BUDGET) {
      throw new OverloadedException();
    }
  }

  /** Counts everything as given back. */
  @Override
  public void close() {
    HELD.addAndGet(-held);
    held = 0;
  }
}
