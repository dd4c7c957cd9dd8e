package io.logcaster.storage.segment.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that numbers are written to, little-endian. Not thread-safe. */
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

  /** Cuts the bytes, or counts bytes that were written behind what {@link #reserve} returned. */
  public void length(int length) {
    this.length = length;
  }

  /** Makes room for more bytes and returns where they go. */
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

  /** The highest bytes of a number, highest first. */
  public void putHigh(long value, int count) {
    int at = reserve(8);
    LONGS.set(bytes, at, Long.reverseBytes(value));
    length += count;
  }

  /** Seven bits a byte, low ones first, the highest bit set where more follow. */
  public void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** A signed number as a {@linkplain #putVarint varint} whose lowest bit is the sign. */
  public void putSigned(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  public void put(byte[] source, int from, int to) {
    int at = reserve(to - from);
    System.arraycopy(source, from, bytes, at, to - from);
    length += to - from;
  }

  /** A range with its length as a varint before it. */
  public void putSized(byte[] source, int from, int to) {
    putVarint(to - from);
    put(source, from, to);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
