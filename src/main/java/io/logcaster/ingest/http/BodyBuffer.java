package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.json.JsonParser;
import java.io.IOException;
import java.io.InputStream;

/**
 * A buffer over a body, which hands out lines or objects. It holds little more than one of them.
 * Not thread-safe.
 */
final class BodyBuffer {

  private static final int FIRST = 16 << 10;

  private final InputStream in;
  private int limit;

  private byte[] bytes = new byte[FIRST];
  private int from;
  private int to;
  private int next;
  private int end;
  private boolean ended;
  private boolean cut;
  private long line;

  /**
   * Reads a body.
   *
   * @param limit the longest line or object in bytes
   */
  BodyBuffer(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Reads a body of JSON.
   *
   * @param maxValue the longest value in bytes; what is around it and its escapes may be more
   */
  static BodyBuffer ofObjects(InputStream in, int maxValue) {
    return new BodyBuffer(in, maxValue * JsonParser.TEXT_FACTOR);
  }

  /** Continues with lines of text, which are cut if they are longer than a value. */
  BodyBuffer ofText(int maxLine) {
    limit = maxLine;
    return this;
  }

  /** The first byte that is not white space, -1 if there is none; uses nothing. */
  int firstByte() throws IOException {
    int at = from;
    do {
      while (at < end) {
        if (bytes[at] > ' ' || bytes[at] < 0) {
          return bytes[at] & 0xff;
        }
        at++;
      }
    } while (!isBeyondLimit() && more());
    return -1;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The index of the current line, or of the first unused byte. */
  int from() {
    return from;
  }

  /** The end of the current line. */
  int to() {
    return to;
  }

  /** The end of the buffered bytes. */
  int end() {
    return end;
  }

  /** Whether the current line is longer than the limit and was cut there. */
  boolean isCut() {
    return cut;
  }

  /** The number of the current line, from 1. */
  long line() {
    return line;
  }

  /** Moves to the next line; returns false at the end. */
  boolean nextLine() throws IOException {
    from = next;
    cut = false;
    int scanned = from;
    while (true) {
      int newline = Bytes.indexOf(bytes, scanned, end, (byte) '\n');
      if (newline < end) {
        to = newline;
        next = newline + 1;
        break;
      }
      if (end - from > limit) {
        skipRest();
        break;
      }
      int known = end - from;
      if (!more()) {
        if (from == end) {
          return false;
        }
        to = end;
        next = end;
        break;
      }
      scanned = from + known;
    }
    line++;
    if (to - from > limit) {
      to = from + limit;
      cut = true;
    }
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return true;
  }

  /** Reads to the end of a line and drops what is beyond the limit. */
  private void skipRest() throws IOException {
    cut = true;
    int kept = limit;
    end = from + kept;
    while (more()) {
      int newline = Bytes.indexOf(bytes, from + kept, end, (byte) '\n');
      if (newline < end) {
        next = newline + 1;
        to = from + kept;
        return;
      }
      end = from + kept;
    }
    next = end;
    to = end;
  }

  /** Marks the bytes as used up to an index. */
  void used(int at) {
    from = at;
  }

  /** Whether an object that does not end in the buffer is too long. */
  boolean isBeyondLimit() {
    return end - from > limit;
  }

  /** The longest line or object in bytes. */
  int limit() {
    return limit;
  }

  /** Reads more into the buffer, whose bytes may move to the front; returns false at the end. */
  boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (end == bytes.length) {
      byte[] target = bytes;
      if (from <= bytes.length / 2) {
        int length = Math.min(bytes.length * 4, Math.max(bytes.length, limit) * 2);
        if (in instanceof RequestBody body) {
          body.hold(length - bytes.length);
        } else if (in instanceof TextStream text) {
          text.hold(length - bytes.length);
        }
        target = new byte[length];
      }
      System.arraycopy(bytes, from, target, 0, end - from);
      bytes = target;
      end -= from;
      from = 0;
    }
    int count = in.read(bytes, end, bytes.length - end);
    ended = count < 0;
    end += Math.max(0, count);
    return !ended;
  }
}
