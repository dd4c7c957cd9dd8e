package io.logcaster.ingest.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over a message in the wire format of protocol buffers, in place. Fields come in the order
 * they were written; texts and messages are ranges of the same bytes. Not thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtoReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private int at;
  private int end;
  private int field;
  private int from;
  private int to;
  private long number;

  /** Reads the message in a range. */
  ProtoReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Starts over with another range of the same bytes. */
  void reset(int from, int to) {
    at = from;
    end = to;
  }

  /** Moves on to the next field; returns whether there is one. */
  boolean next() throws RefusedException {
    if (at >= end) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    from = at;
    to = at;
    switch ((int) key & 7) {
      case VARINT -> number = varint();
      case FIXED64 -> {
        need(8);
        number = (long) LONGS.get(bytes, at);
        at += 8;
      }
      case FIXED32 -> {
        need(4);
        number =
            (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
        at += 4;
      }
      case BYTES -> {
        long length = varint();
        if (length < 0 || length > end - at) {
          throw malformed();
        }
        from = at;
        to = at + (int) length;
        at = to;
      }
      default -> throw malformed();
    }
    return true;
  }

  /** Where the next field begins. */
  int at() {
    return at;
  }

  int end() {
    return end;
  }

  private void need(int count) throws RefusedException {
    if (end - at < count) {
      throw malformed();
    }
  }

  private long varint() throws RefusedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private static RefusedException malformed() {
    return new RefusedException("The body is not the protocol buffer it should be.");
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** Where the field's text or message begins. */
  int from() {
    return from;
  }

  /** Where the field's text or message ends. */
  int to() {
    return to;
  }

  /** The field's number. */
  long number() {
    return number;
  }

  byte[] bytes() {
    return bytes;
  }
}
