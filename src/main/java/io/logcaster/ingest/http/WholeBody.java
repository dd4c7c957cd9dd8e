package io.logcaster.ingest.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A body that must be in memory as a whole. All requests together may hold a quarter of the heap
 * this way; one more is told to come again.
 */
final class WholeBody implements AutoCloseable {

  private static final long BUDGET = Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 4);

  private static final AtomicLong HELD = new AtomicLong();

  private byte[] bytes = {};
  private int length;
  private long held;

  private WholeBody() {}

  static WholeBody read(InputStream in) throws IOException, OverloadedException {
    WholeBody body = new WholeBody();
    boolean done = false;
    try {
      body.fill(in);
      done = true;
      return body;
    } finally {
      if (!done) {
        body.close();
      }
    }
  }

  private void fill(InputStream in) throws IOException, OverloadedException {
    int count = 0;
    while (count >= 0) {
      length += count;
      if (length == bytes.length) {
        int larger = Math.max(16 << 10, bytes.length * 2);
        hold(larger - bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
      }
      count = in.read(bytes, length, bytes.length - length);
    }
  }

  /** Counts bytes that the request needs beside its body. */
  void hold(long count) throws OverloadedException {
    held += count;
    if (HELD.addAndGet(count) > BUDGET) {
      throw new OverloadedException();
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    HELD.addAndGet(-held);
    held = 0;
  }
}
