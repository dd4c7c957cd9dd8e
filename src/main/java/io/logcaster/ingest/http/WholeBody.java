package io.logcaster.ingest.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A body that must be in memory as a whole. */
final class WholeBody implements AutoCloseable {

  private byte[] bytes = {};
  private int length;
  private final RequestMemory memory = new RequestMemory();

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

  /** A body that is in memory already, and accounted for. */
  static WholeBody of(byte[] bytes) {
    WholeBody body = new WholeBody();
    body.bytes = bytes;
    body.length = bytes.length;
    return body;
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

  /** Reserves memory that the request needs beside its body, in bytes. */
  void hold(long count) throws OverloadedException {
    memory.hold(count);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    memory.close();
  }
}
