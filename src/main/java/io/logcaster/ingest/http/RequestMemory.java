package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestMemory;

/**
 * What one request holds in memory until its records are handed in. All requests together may hold
 * most of what inputs may take for batches; the rest is for connections. One request more is told
 * to come again, and one that alone takes more to come in parts. Not thread-safe.
 */
final class RequestMemory implements AutoCloseable {

  /** Connections, which cannot be told to come again, keep the rest. */
  private static final int PERCENT = 80;

  private final IngestMemory memory;
  private final long most;
  private long held;

  RequestMemory() {
    this(IngestMemory.batches());
  }

  RequestMemory(IngestMemory memory) {
    this.memory = memory;
    this.most = memory.capacity() * PERCENT / 100;
  }

  /** Counts bytes that are about to be needed. */
  void hold(long count) throws OverloadedException {
    if (held + count > most) {
      throw new OverloadedException(most);
    }
    if (!memory.tryTake(count, PERCENT)) {
      throw new OverloadedException();
    }
    held += count;
  }

  /** Counts bytes as given back. */
  void release(long count) {
    memory.release(count);
    held -= count;
  }

  /** Counts everything as given back. */
  @Override
  public void close() {
    release(held);
  }
}
