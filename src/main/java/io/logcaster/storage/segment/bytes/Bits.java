package io.logcaster.storage.segment.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Packs numbers of a fixed bit width into bytes, lowest bits first. */
public final class Bits {

  /** Up to this width, one load of eight bytes reads a number, at whichever bit it begins. */
  public static final int MAX_PACKED = 57;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bits() {}

  /**
   * The bit width of an unsigned number: 0 to {@link #MAX_PACKED}, or 64 for all larger numbers.
   */
  public static int width(long value) {
    int width = 64 - Long.numberOfLeadingZeros(value);
    return (width > MAX_PACKED) ? 64 : width;
  }

  static long mask(int width) {
    return (width == 64) ? -1 : (1L << width) - 1;
  }

  /** The number of bytes that {@code count} packed numbers take. */
  public static long bytes(int count, int width) {
    return ((long) count * width + 7) >>> 3;
  }

  /** Appends the lowest {@code width} bits of each of {@code count} numbers. */
  public static void pack(long[] values, int count, int width, ByteSink target) {
    if (width == 0 || count == 0) {
      return;
    }
    if (width == 64) {
      for (int i = 0; i < count; i++) {
        target.putLong(values[i]);
      }
      return;
    }
    int bytes = (int) bytes(count, width);
    int at = target.reserve(bytes + 8);
    byte[] out = target.array();
    long mask = mask(width);
    long pending = 0;
    int filled = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i] & mask;
      pending |= value << filled;
      filled += width;
      if (filled >= 64) {
        LONGS.set(out, at, pending);
        at += 8;
        filled -= 64;
        pending = (filled == 0) ? 0 : value >>> (width - filled);
      }
    }
    LONGS.set(out, at, pending);
    target.length(target.length() + bytes);
  }

  /** Returns the number at {@code index} of those that {@link #pack} wrote at {@code from}. */
  public static long get(byte[] bytes, int from, int width, int index) {
    if (width == 64) {
      return (long) LONGS.get(bytes, from + index * 8);
    }
    long bit = (long) index * width;
    return (long) LONGS.get(bytes, from + (int) (bit >>> 3)) >>> (bit & 7) & mask(width);
  }
}
