package io.logcaster.storage.segment.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing byte array. Writes numbers in little-endian order. Not thread-safe. */
public final class ByteSink {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;

  private int length;

  public ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  public void clear() {
    length = 0;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Sets the length: truncates, or includes bytes written directly after {@link #reserve}. */
  public void length(int length) {
    this.length = length;
  }

  /** Makes room for {@code more} bytes and returns the index of the first. */
  public int reserve(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(length * 2L, 1 << 30)));
    }
    return length;
  }

  public void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  public void putInt(int value) {
    int at = reserve(4);
    INTS.set(bytes, at, value);
    length = at + 4;
  }

  public void putLong(long value) {
    int at = reserve(8);
    LONGS.set(bytes, at, value);
    length = at + 8;
  }

  /** Appends the {@code count} highest bytes of a number, highest first. */
  public void putHigh(long value, int count) {
    int at = reserve(8);
    LONGS.set(bytes, at, Long.reverseBytes(value));
    length += count;
  }

  /** Appends seven bits per byte, lowest first; the high bit of a byte is set if more follow. */
  public void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Appends a signed number as a zigzag {@linkplain #putVarint varint}: bit 0 is the sign. */
  public void putSigned(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  public void put(byte[] source, int from, int to) {
    int at = reserve(to - from);
    System.arraycopy(source, from, bytes, at, to - from);
    length += to - from;
  }

  /** Appends a range of bytes, preceded by its length as a varint. */
  public void putSized(byte[] source, int from, int to) {
    putVarint(to - from);
    put(source, from, to);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
