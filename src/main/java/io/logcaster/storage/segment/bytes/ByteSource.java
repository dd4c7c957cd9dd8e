package io.logcaster.storage.segment.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what {@link ByteSink} wrote and checks every length against the bytes that remain. Not
 * thread-safe.
 */
public final class ByteSource {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  private int at;

  private final int end;

  public ByteSource(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  public byte[] array() {
    return bytes;
  }

  public int position() {
    return at;
  }

  public int remaining() {
    return end - at;
  }

  /** Returns a source of the same bytes that begins at {@code position}. */
  public ByteSource from(int position) {
    return new ByteSource(bytes, position, end);
  }

  /** Skips {@code count} bytes and returns the index of the first. */
  public int take(int count) throws MalformedException {
    if (count < 0 || count > end - at) {
      throw new MalformedException(count + " bytes expected, " + (end - at) + " left");
    }
    int start = at;
    at += count;
    return start;
  }

  public int get() throws MalformedException {
    return bytes[take(1)] & 0xff;
  }

  public int getInt() throws MalformedException {
    return (int) INTS.get(bytes, take(4));
  }

  public long getLong() throws MalformedException {
    return (long) LONGS.get(bytes, take(8));
  }

  public long getVarint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = get();
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new MalformedException("varint of more than ten bytes");
  }

  public long getSigned() throws MalformedException {
    long value = getVarint();
    return value >>> 1 ^ -(value & 1);
  }

  /** Reads a varint that is a count from 0 to {@code max}. */
  public int getCount(int max) throws MalformedException {
    long value = getVarint();
    if (value < 0 || value > max) {
      throw new MalformedException("count " + value + " is not from 0 to " + max);
    }
    return (int) value;
  }

  public byte[] getSized() throws MalformedException {
    int length = getCount(remaining());
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }
}
