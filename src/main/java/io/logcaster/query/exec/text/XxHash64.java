package io.logcaster.query.exec.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit xxHash with seed 0, as computed by the {@code hash} pipe.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">xxHash fast digest
 *     algorithm</a>
 */
public final class XxHash64 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME1 = 0x9E3779B185EBCA87L;

  private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;

  private static final long PRIME3 = 0x165667B19E3779F9L;

  private static final long PRIME4 = 0x85EBCA77C2B2AE63L;

  private static final long PRIME5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  public static long hash(byte[] bytes, int from, int to) {
    int at = from;
    long hash;
    if (to - from >= 32) {
      long b = PRIME2;
      long a = b + PRIME1; // wraps around, as the algorithm wants
      long c = 0;
      long d = -PRIME1;
      for (; at + 32 <= to; at += 32) {
        a = round(a, (long) LONGS.get(bytes, at));
        b = round(b, (long) LONGS.get(bytes, at + 8));
        c = round(c, (long) LONGS.get(bytes, at + 16));
        d = round(d, (long) LONGS.get(bytes, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = merge(merge(merge(merge(hash, a), b), c), d);
    } else {
      hash = PRIME5;
    }
    hash += to - from;
    for (; at + 8 <= to; at += 8) {
      hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(bytes, at)), 27) * PRIME1 + PRIME4;
    }
    if (at + 4 <= to) {
      hash =
          Long.rotateLeft(hash ^ ((int) INTS.get(bytes, at) & 0xffffffffL) * PRIME1, 23) * PRIME2
              + PRIME3;
      at += 4;
    }
    for (; at < to; at++) {
      hash = Long.rotateLeft(hash ^ (bytes[at] & 0xff) * PRIME5, 11) * PRIME1;
    }
    hash = (hash ^ hash >>> 33) * PRIME2;
    hash = (hash ^ hash >>> 29) * PRIME3;
    return hash ^ hash >>> 32;
  }

  private static long round(long accumulator, long input) {
    return Long.rotateLeft(accumulator + input * PRIME2, 31) * PRIME1;
  }

  private static long merge(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME1 + PRIME4;
  }
}
