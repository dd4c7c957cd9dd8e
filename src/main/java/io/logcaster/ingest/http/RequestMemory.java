package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestMemory;

/**
 * Accounts for the memory of one request until its records are handed in. All requests together may
 * hold most of the memory for batches; the rest is for connections. When it is used up, requests
 * get an answer that asks for a retry; a request that alone needs more must be sent in parts. Not
 * thread-safe.
 */
final class RequestMemory implements AutoCloseable {

  /** The rest is for connections, whose senders cannot be asked to retry. */
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

  /** Reserves bytes. */
  void hold(long count) throws OverloadedException {
    if (held + count > most) {
      throw new OverloadedException(most);
    }
    if (!memory.tryTake(count, PERCENT)) {
      throw new OverloadedException();
    }
    held += count;
  }

  /** Releases bytes. */
  void release(long count) {
    memory.release(count);
    held -= count;
  }

  /** Releases everything. */
  @Override
  public void close() {
    release(held);
  }
}
