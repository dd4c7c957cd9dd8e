package io.logcaster.ingest.docker;

import java.io.IOException;
import java.io.InputStream;

/** A body of a known length. */
final class BoundedInput extends InputStream {

  private final InputStream in;
  private long left;

  BoundedInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = (left <= 0) ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }
}
