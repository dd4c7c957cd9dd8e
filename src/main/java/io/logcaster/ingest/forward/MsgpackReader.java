package io.logcaster.ingest.forward;

import io.logcaster.ingest.MalformedFrameException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over MessagePack values in place: texts are ranges of the same bytes. Not thread-safe.
 *
 * @see <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">Specification</a>
 */
final class MsgpackReader {

  /** What a value is. */
  enum Kind {
    NIL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT,
    ARRAY,
    MAP,
    EXTENSION
  }

  /** The bytes ended before the value did. */
  static final class IncompleteException extends Exception {

    private static final long serialVersionUID = 1L;

    IncompleteException() {
      super("incomplete", null, false, false);
    }
  }

  /** Deeper values are refused. */
  private static final int MAX_DEPTH = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int end;
  private Kind kind = Kind.NIL;
  private long number;
  private double real;
  private boolean unsigned;
  private int from;
  private int to;
  private int count;
  private int type;

  void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  int end() {
    return end;
  }

  int at() {
    return at;
  }

  boolean isAtEnd() {
    return at >= end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the text or extension begins. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The number of items of an array, or of pairs of a map. */
  int count() {
    return count;
  }

  long number() {
    return number;
  }

  /** Whether the number is one of 64 bits without a sign. */
  boolean isUnsigned() {
    return unsigned;
  }

  double real() {
    return real;
  }

  boolean truth() {
    return number != 0;
  }

  /** The type of an extension. */
  int type() {
    return type;
  }

  /** Reads the next value, or the head of an array or map. */
  Kind next() throws IncompleteException, MalformedFrameException {
    need(1);
    int head = bytes[at++] & 0xff;
    unsigned = false;
    if (head < 0x80 || head >= 0xe0) {
      return integer((byte) head);
    }
    if (head < 0x90) {
      return group(Kind.MAP, head & 0x0f);
    }
    if (head < 0xa0) {
      return group(Kind.ARRAY, head & 0x0f);
    }
    if (head < 0xc0) {
      return text(head & 0x1f);
    }
    switch (head) {
      case 0xc0 -> kind = Kind.NIL;
      case 0xc2, 0xc3 -> {
        kind = Kind.BOOLEAN;
        number = head & 1;
      }
      case 0xc4, 0xd9 -> text(length(1));
      case 0xc5, 0xda -> text(length(2));
      case 0xc6, 0xdb -> text(length(4));
      case 0xc7 -> extension(length(1));
      case 0xc8 -> extension(length(2));
      case 0xc9 -> extension(length(4));
      case 0xca -> real(Float.intBitsToFloat((int) fixed(4)));
      case 0xcb -> real(Double.longBitsToDouble(fixed(8)));
      case 0xcc -> integer(fixed(1) & 0xff);
      case 0xcd -> integer(fixed(2) & 0xffff);
      case 0xce -> integer(fixed(4) & 0xffffffffL);
      case 0xcf -> {
        integer(fixed(8));
        unsigned = number < 0;
      }
      case 0xd0, 0xd1, 0xd2, 0xd3 -> integer(fixed(1 << (head - 0xd0)));
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << (head - 0xd4));
      case 0xdc -> group(Kind.ARRAY, length(2));
      case 0xdd -> group(Kind.ARRAY, length(4));
      case 0xde -> group(Kind.MAP, length(2));
      case 0xdf -> group(Kind.MAP, length(4));
      default -> throw new MalformedFrameException("no MessagePack");
    }
    return kind;
  }

  private void need(int bytes) throws IncompleteException {
    if (end - at < bytes) {
      throw new IncompleteException();
    }
  }

  /** A number with its sign, as wide as given. */
  private long fixed(int width) throws IncompleteException {
    need(width);
    long value =
        switch (width) {
          case 1 -> bytes[at];
          case 2 -> (short) SHORTS.get(bytes, at);
          case 4 -> (int) INTS.get(bytes, at);
          default -> (long) LONGS.get(bytes, at);
        };
    at += width;
    return value;
  }

  private int length(int width) throws IncompleteException, MalformedFrameException {
    long length =
        switch (width) {
          case 1 -> fixed(1) & 0xff;
          case 2 -> fixed(2) & 0xffff;
          default -> fixed(4) & 0xffffffffL;
        };
    if (length > Integer.MAX_VALUE) {
      throw new MalformedFrameException("a length above 2 GB");
    }
    return (int) length;
  }

  private Kind integer(long value) {
    number = value;
    kind = Kind.INTEGER;
    return kind;
  }

  private void real(double value) {
    real = value;
    kind = Kind.FLOAT;
  }

  private Kind group(Kind kind, int count) {
    this.count = count;
    this.kind = kind;
    return kind;
  }

  private Kind text(int length) throws IncompleteException {
    need(length);
    from = at;
    to = at + length;
    at = to;
    kind = Kind.TEXT;
    return kind;
  }

  private void extension(int length) throws IncompleteException {
    type = (int) fixed(1);
    text(length);
    kind = Kind.EXTENSION;
  }

  /** Skips a value with all that is in it. */
  void skip() throws IncompleteException, MalformedFrameException {
    skip(0);
  }

  private void skip(int depth) throws IncompleteException, MalformedFrameException {
    if (depth > MAX_DEPTH) {
      throw new MalformedFrameException("nested deeper than " + MAX_DEPTH);
    }
    Kind head = next();
    if (head == Kind.ARRAY || head == Kind.MAP) {
      long items = (head == Kind.MAP) ? 2L * count : count;
      // Each item takes a byte, so a lying count ends with the bytes.
      for (long i = 0; i < items; i++) {
        skip(depth + 1);
      }
    }
  }
}
