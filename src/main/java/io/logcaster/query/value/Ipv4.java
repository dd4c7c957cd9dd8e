package io.logcaster.query.value;

import java.nio.charset.StandardCharsets;

/** IPv4 addresses as unsigned 32-bit numbers. */
public final class Ipv4 {

  /** What {@link #parse} gives for a text that is not an address. */
  public static final long INVALID = -1;

  private Ipv4() {}

  /**
   * Reads four decimal numbers below 256 with dots between them.
   *
   * @return 0 to 2^32-1, or {@link #INVALID}
   */
  public static long parse(byte[] bytes, int from, int to) {
    if (to - from < 7 || to - from > 15) {
      return INVALID;
    }
    long address = 0;
    int part = 0;
    int digits = 0;
    int dots = 0;
    for (int i = from; i < to; i++) {
      int b = bytes[i];
      if (b == '.') {
        if (digits == 0 || ++dots > 3) {
          return INVALID;
        }
        address = address << 8 | part;
        part = 0;
        digits = 0;
      } else {
        int digit = b - '0';
        if (digit < 0 || digit > 9 || ++digits > 3) {
          return INVALID;
        }
        part = part * 10 + digit;
        if (part > 255) {
          return INVALID;
        }
      }
    }
    return (dots == 3 && digits > 0) ? address << 8 | part : INVALID;
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  public static String format(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }
}
