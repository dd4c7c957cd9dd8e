package io.logcaster.ingest.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The content of a body in chunks. */
final class ChunkedInput extends InputStream {

  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
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
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The answer ends within a chunk");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun && !DockerApi.line(in).isEmpty()) {
      throw new ProtocolException("A chunk is longer than it says");
    }
    begun = true;
    String size = DockerApi.line(in);
    int semicolon = size.indexOf(';');
    try {
      left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
    } catch (NumberFormatException ex) {
      throw new ProtocolException("No size of a chunk: " + size);
    }
    ended = left == 0;
  }
}
