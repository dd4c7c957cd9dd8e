package io.logcaster.query.value;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 address (RFC 4291). IPv4 addresses are the mapped ones, {@code ::ffff:a.b.c.d}.
 *
 * @param high its first 64 bits
 * @param low the others
 */
public record Ipv6(long high, long low) implements Comparable<Ipv6> {

  /** How many bits precede an IPv4 address. */
  public static final int MAPPED_BITS = 96;

  private static final long MAPPED = 0xffffL << 32;

  /** The longest text of an address without its zone. */
  private static final int MAX_LENGTH = 45;

  /** Parses an address in any of its spellings; null if the text is not one. A zone is ignored. */
  public static @Nullable Ipv6 parse(byte[] bytes, int from, int to) {
    int end = from;
    boolean colons = false;
    while (end < to && bytes[end] != '%') {
      colons |= bytes[end++] == ':';
    }
    if (!colons) {
      long address = Ipv4.parse(bytes, from, to);
      return (address == Ipv4.INVALID) ? null : new Ipv6(0, MAPPED | address);
    }
    if (end - from > MAX_LENGTH || end == to - 1) {
      return null;
    }
    return groups(bytes, from, end);
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static @Nullable Ipv6 parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** Reads groups of hexadecimal digits with colons between them; two colons stand for zeros. */
  private static @Nullable Ipv6 groups(byte[] bytes, int from, int to) {
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int at = from;
    if (to - from >= 2 && bytes[from] == ':' && bytes[from + 1] == ':') {
      gap = 0;
      at += 2;
    }
    while (at < to) {
      int start = at;
      int group = 0;
      while (at < to && Character.digit(bytes[at], 16) >= 0 && at - start <= 4) {
        group = (group << 4) | Character.digit(bytes[at++], 16);
      }
      if (at < to && bytes[at] == '.') {
        long address = Ipv4.parse(bytes, start, to);
        if (address == Ipv4.INVALID || count > 6) {
          return null;
        }
        groups[count++] = (int) (address >> 16);
        groups[count++] = (int) (address & 0xffff);
        break;
      }
      if (at == start || at - start > 4 || count == 8) {
        return null;
      }
      groups[count++] = group;
      if (at == to) {
        break;
      }
      if (bytes[at++] != ':' || at == to) {
        return null;
      }
      if (bytes[at] == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    if (gap < 0 ? count != 8 : count == 8) {
      return null;
    }
    return of(groups, count, gap);
  }

  private static Ipv6 of(int[] groups, int count, int gap) {
    long[] halves = new long[2];
    for (int i = 0; i < count; i++) {
      int place = (gap < 0 || i < gap) ? i : 8 - count + i;
      halves[place / 4] |= (long) groups[i] << (48 - 16 * (place % 4));
    }
    return new Ipv6(halves[0], halves[1]);
  }

  /** Whether this is an IPv4 address. */
  boolean isMapped() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /** The first address of the network of the given number of bits that this one lies in. */
  public Ipv6 first(int bits) {
    return new Ipv6(high & mask(bits), low & mask(bits - 64));
  }

  /** The last address of that network. */
  public Ipv6 last(int bits) {
    return new Ipv6(high | ~mask(bits), low | ~mask(bits - 64));
  }

  private static long mask(int bits) {
    return (bits <= 0) ? 0 : (bits >= 64) ? -1 : -1L << (64 - bits);
  }

  @Override
  public int compareTo(Ipv6 other) {
    int order = Long.compareUnsigned(high, other.high);
    return (order != 0) ? order : Long.compareUnsigned(low, other.low);
  }

  /** The address as RFC 5952 spells it. */
  @Override
  public String toString() {
    if (isMapped()) {
      return "::ffff:" + Ipv4.format(low & 0xffffffffL);
    }
    int gap = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = i;
      while (zeros < 8 && group(zeros) == 0) {
        zeros++;
      }
      if (zeros - i > length) {
        gap = i;
        length = zeros - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == gap) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (i > 0 && i != gap + length) {
        text.append(':');
      }
      text.append(Integer.toHexString(group(i)).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private int group(int i) {
    return (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4))) & 0xffff;
  }
}
