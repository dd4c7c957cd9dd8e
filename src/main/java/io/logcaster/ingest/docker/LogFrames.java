package io.logcaster.ingest.docker;

import io.logcaster.ingest.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the answer to {@code /containers/{id}/logs?timestamps=1}. Without a terminal each message
 * is a frame: a byte that names the output, three zeros, a length of 32 bits, and {@code TIME
 * TEXT}. A long line comes in several frames, of which the last one ends with a line feed. With a
 * terminal there are lines {@code TIME TEXT}. Not thread-safe.
 */
final class LogFrames {

  private static final int STDERR = 2;

  /** A message of the daemon instead of one of the container. */
  private static final int SYSTEM_ERROR = 3;

  /** Docker splits lines after 16 KB; other drivers may allow more. */
  private static final int MAX_FRAME = 16 << 20;

  private final InputStream in;
  private final boolean terminal;
  private final int limit;
  private final byte[] head = new byte[8];
  private byte[] text = new byte[1024];
  private int length;
  private boolean stderr;
  private boolean part;

  /**
   * @param terminal whether the stream has no frames
   * @param limit longer texts are cut to this many bytes
   */
  LogFrames(InputStream in, boolean terminal, int limit) {
    this.in = new BufferedInputStream(in, 64 << 10);
    this.terminal = terminal;
    this.limit = limit;
  }

  /** Reads the next message; returns false at the end. */
  boolean next() throws IOException {
    length = 0;
    part = false;
    return terminal ? line() : frame();
  }

  private boolean frame() throws IOException {
    int count = in.readNBytes(head, 0, head.length);
    if (count < head.length) {
      return false;
    }
    if (head[0] > SYSTEM_ERROR || head[0] < 0 || head[1] != 0 || head[2] != 0 || head[3] != 0) {
      throw new ProtocolException("No frame of a log");
    }
    int size = 0;
    for (int i = 4; i < 8; i++) {
      size = size << 8 | (head[i] & 0xff);
    }
    if (size < 0 || size > MAX_FRAME) {
      throw new ProtocolException("A frame of " + Integer.toUnsignedString(size) + " bytes");
    }
    stderr = head[0] >= STDERR;
    int kept = Math.min(size, limit);
    reserve(kept);
    if (in.readNBytes(text, 0, kept) < kept) {
      return false;
    }
    boolean ended = kept > 0 && text[kept - 1] == '\n';
    for (int left = size - kept; left > 0; left--) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      ended = b == '\n';
    }
    length = kept;
    part = !ended;
    trim();
    if (head[0] == SYSTEM_ERROR) {
      throw new IOException(
          "The daemon says: " + new String(text, 0, length, StandardCharsets.UTF_8));
    }
    return true;
  }

  private boolean line() throws IOException {
    stderr = false;
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (length < limit) {
        reserve(length + 1);
        text[length++] = (byte) b;
      }
      b = in.read();
    }
    trim();
    return length > 0 || b >= 0;
  }

  private void trim() {
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
      length--;
    }
  }

  private void reserve(int size) {
    if (text.length < size) {
      byte[] larger = new byte[Math.max(size, text.length * 2)];
      System.arraycopy(text, 0, larger, 0, length);
      text = larger;
    }
  }

  /** The index after the time; -1 if the message has none. */
  int afterTime() {
    int blank = Bytes.indexOf(text, 0, length, (byte) ' ');
    return (blank == length && length < 20) ? -1 : blank;
  }

  byte[] bytes() {
    return text;
  }

  int length() {
    return length;
  }

  boolean isStderr() {
    return stderr;
  }

  /** Whether the line continues in the next message of the same output. */
  boolean isPart() {
    return part;
  }
}
