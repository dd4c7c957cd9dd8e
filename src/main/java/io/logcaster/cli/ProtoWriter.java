package io.logcaster.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protocol buffers front to back. The length of a nested message is filled in at its end.
 */
final class ProtoWriter {

  /** Lengths are padded varints of this many bytes, because they are known late. */
  private static final int LENGTH_BYTES = 4;

  private byte[] bytes = new byte[2 << 20];
  private int used;

  void clear() {
    used = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return used;
  }

  /** Begins a message; pass the result to {@link #end}. */
  int begin(int field) {
    reserve(8);
    bytes[used++] = (byte) (field << 3 | 2);
    used += LENGTH_BYTES;
    return used;
  }

  /** Ends a message that {@link #begin} began. */
  void end(int begin) {
    int length = used - begin;
    for (int i = LENGTH_BYTES; i > 0; i--) {
      bytes[begin - i] = (byte) ((length & 0x7f) | (i > 1 ? 0x80 : 0));
      length >>>= 7;
    }
  }

  void text(int field, byte[] source, int from, int to) {
    reserve(to - from + 8);
    bytes[used++] = (byte) (field << 3 | 2);
    rawVarint(to - from);
    System.arraycopy(source, from, bytes, used, to - from);
    used += to - from;
  }

  void text(int field, String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    text(field, source, 0, source.length);
  }

  void number(int field, long value) {
    reserve(12);
    bytes[used++] = (byte) (field << 3);
    rawVarint(value);
  }

  void fixed64(int field, long value) {
    reserve(12);
    bytes[used++] = (byte) (field << 3 | 1);
    for (int i = 0; i < 64; i += 8) {
      bytes[used++] = (byte) (value >>> i);
    }
  }

  private void rawVarint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[used++] = (byte) ((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes[used++] = (byte) left;
  }

  private void reserve(int count) {
    if (used + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
  }
}
