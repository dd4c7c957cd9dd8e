package io.logcaster.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of bytes for hash tables and Bloom filters. It does not identify values; see
 * {@link Stream#id()}.
 */
public final class Hash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /** The hash of a range, starting from a seed. The same on every machine. */
  public static long bytes(byte[] bytes, int from, int to, long seed) {
    long hash = seed ^ (to - from) * MULTIPLIER;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    if (at < to) {
      int missing = (at + 8 - to) << 3;
      if (at + 8 <= bytes.length) {
        rest = (long) LONGS.get(bytes, at) << missing >>> missing;
      } else if (to >= 8) {
        rest = (long) LONGS.get(bytes, to - 8) >>> missing;
      } else {
        for (int shift = 0; at < to; at++, shift += 8) {
          rest |= (bytes[at] & 0xffL) << shift;
        }
      }
    }
    return mix((hash ^ rest) * MULTIPLIER);
  }

  /**
   * What {@link #bytes} gives for up to seven bytes with a seed of 0.
   *
   * @param word eight bytes in little-endian order, of which the first {@code length} count
   */
  public static long head(long word, int length) {
    int missing = (Long.BYTES - length) * 8;
    long rest = word << missing >>> missing;
    return mix((length * MULTIPLIER ^ rest) * MULTIPLIER);
  }

  /** SplitMix64's finisher: every input bit changes each output bit with probability one half. */
  public static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
