package io.logcaster.query.value;

import io.logcaster.record.BytesToDouble;
import io.logcaster.record.Timestamps;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads values as numbers: integers and decimals, with {@code _} between digits, in hexadecimal
 * ({@code 0x1f}), octal ({@code 0o17}) and binary ({@code 0b11}); {@code inf}; sizes in bytes
 * ({@code 1.5KiB}, {@code 22MB100KB}); durations in nanoseconds ({@code 1h5m}, see {@link
 * Durations}). Every filter, pipe and stats function uses the same rules.
 */
public final class Numbers {

  /** Powers of ten that a double represents exactly. */
  private static final double[] POWERS = new double[23];

  /** Below this, every integer is a double. */
  private static final long EXACT = (long) ExactNumbers.INEXACT;

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /** The characters of {@code 0.0.0.0}; times are longer. */
  private static final int SHORTEST_ADDRESS = 7;

  /** {@link #parse} as a function. */
  public static final BytesToDouble PARSE =
      new BytesToDouble() {
        @Override
        public double applyAsDouble(byte[] bytes, int from, int to) {
          return parse(bytes, from, to);
        }

        @Override
        public boolean readsDecimals() {
          return true;
        }
      };

  /** {@link #measure} as a function. */
  public static final BytesToDouble MEASURE =
      new BytesToDouble() {
        @Override
        public double applyAsDouble(byte[] bytes, int from, int to) {
          return measure(bytes, from, to);
        }

        @Override
        public boolean readsDecimals() {
          return true;
        }
      };

  private Numbers() {}

  /** The number that a value is; NaN if it is not one. */
  public static double parse(byte[] bytes, int from, int to) {
    if (from == to || !mayBeNumber(bytes[from])) {
      return Double.NaN;
    }
    double plain = decimal(bytes, from, to);
    return Double.isNaN(plain) ? withUnit(bytes, from, to) : plain;
  }

  /** As {@link #parse(byte[], int, int)}, for a string. */
  public static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * What a value measures: the number that it is; for a time, its nanoseconds since the epoch; for
   * an IPv4 address, its 32 bits; else NaN.
   */
  public static double measure(byte[] bytes, int from, int to) {
    double number = parse(bytes, from, to);
    if (!Double.isNaN(number) || to - from < SHORTEST_ADDRESS || bytes[from] > '9') {
      return number;
    }
    long address = Ipv4.parse(bytes, from, to);
    if (address != Ipv4.INVALID) {
      return address;
    }
    long time = Timestamps.parse(bytes, from, to);
    return (time == Timestamps.INVALID) ? Double.NaN : time;
  }

  /** As {@link #measure(byte[], int, int)}, for a string. */
  public static double measure(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return measure(bytes, 0, bytes.length);
  }

  private static boolean mayBeNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'i' || b == 'I';
  }

  private static double infinity(byte[] bytes, int from, int to) {
    boolean signed = bytes[from] == '-' || bytes[from] == '+';
    int at = signed ? from + 1 : from;
    boolean infinite =
        to - at == 3
            && (bytes[at] | 0x20) == 'i'
            && (bytes[at + 1] | 0x20) == 'n'
            && (bytes[at + 2] | 0x20) == 'f';
    if (!infinite) {
      return Double.NaN;
    }
    return (bytes[from] == '-') ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Parses digits with a fraction and an exponent; NaN for anything else. */
  static double decimal(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = bytes[at] == '-';
    if (negative || bytes[at] == '+') {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    boolean fraction = false;
    boolean exact = true;
    for (; at < to; at++) {
      byte b = bytes[at];
      if (b >= '0' && b <= '9') {
        if (mantissa < EXACT / 10) {
          mantissa = mantissa * 10 + (b - '0');
          scale += fraction ? 1 : 0;
        } else {
          exact = false;
        }
        digits++;
      } else if (b == '.' && !fraction) {
        fraction = true;
      } else if (b != '_' || digits == 0) {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    int exponent = 0;
    if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
      int start = ++at;
      boolean down = at < to && bytes[at] == '-';
      if (down || (at < to && bytes[at] == '+')) {
        start = ++at;
      }
      for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
        exponent = Math.min(exponent * 10 + bytes[at] - '0', 10_000);
      }
      if (at == start) {
        return Double.NaN;
      }
      exponent = down ? -exponent : exponent;
    }
    if (at != to || bytes[to - 1] == '_') {
      return Double.NaN;
    }
    int power = exponent - scale;
    if (exact && Math.abs(power) < POWERS.length) {
      double value = (power < 0) ? mantissa / POWERS[-power] : mantissa * POWERS[power];
      return negative ? -value : value;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    return finite(Double.parseDouble(text.replace("_", "")));
  }

  /** Numbers too large for a double are not numbers; infinity has a word of its own. */
  private static double finite(double number) {
    return Double.isInfinite(number) ? Double.NaN : number;
  }

  private static double withUnit(byte[] bytes, int from, int to) {
    byte last = bytes[to - 1];
    if ((last >= '0' && last <= '9') || isHexHead(bytes, from, to)) {
      return radix(bytes, from, to);
    }
    if (last == 'B' || last == 'K' || last == 'M' || last == 'G' || last == 'T' || last == 'i') {
      return size(bytes, from, to);
    }
    if ((last | 0x20) == 'f') {
      return infinity(bytes, from, to);
    }
    long nanos = Durations.parse(bytes, from, to);
    return (nanos == Durations.INVALID) ? Double.NaN : nanos;
  }

  private static boolean isHexHead(byte[] bytes, int from, int to) {
    int at = (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
    return at + 1 < to && bytes[at] == '0' && (bytes[at + 1] == 'x' || bytes[at + 1] == 'X');
  }

  private static double radix(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = (negative || bytes[from] == '+') ? from + 1 : from;
    if (at + 2 >= to || bytes[at] != '0') {
      return Double.NaN;
    }
    int radix =
        switch (bytes[at + 1]) {
          case 'x', 'X' -> 16;
          case 'o', 'O' -> 8;
          case 'b', 'B' -> 2;
          default -> 0;
        };
    if (radix == 0) {
      return Double.NaN;
    }
    double value = 0;
    for (int i = at + 2; i < to; i++) {
      if (bytes[i] != '_') {
        int digit = Character.digit(bytes[i], radix);
        if (digit < 0) {
          return Double.NaN;
        }
        value = value * radix + digit;
      }
    }
    return finite(negative ? -value : value);
  }

  /** Reads one or more numbers with units of bytes, such as {@code 22MB100KB}. */
  private static double size(byte[] bytes, int from, int to) {
    boolean negative = bytes[from] == '-';
    int at = (negative || bytes[from] == '+') ? from + 1 : from;
    double total = 0;
    while (at < to) {
      int start = at;
      while (at < to
          && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.' || bytes[at] == '_')) {
        at++;
      }
      // Without a digit here, as in "it is OK", the value is not a number; continuing would not
      // advance.
      double value = (at == start) ? Double.NaN : decimal(bytes, start, at);
      if (Double.isNaN(value)) {
        return Double.NaN;
      }
      int unit = at;
      while (at < to && bytes[at] >= 'A') {
        at++;
      }
      total += value * unit(new String(bytes, unit, at - unit, StandardCharsets.US_ASCII));
    }
    return finite(negative ? -total : total);
  }

  /** The bytes of a unit; NaN if it is not one. */
  static double unit(String name) {
    return switch (name) {
      case "B" -> 1;
      case "K", "KB" -> 1e3;
      case "M", "MB" -> 1e6;
      case "G", "GB" -> 1e9;
      case "T", "TB" -> 1e12;
      case "Ki", "KiB" -> 1L << 10;
      case "Mi", "MiB" -> 1L << 20;
      case "Gi", "GiB" -> 1L << 30;
      case "Ti", "TiB" -> 1L << 40;
      default -> Double.NaN;
    };
  }

  /** Prints a number: no exponent, no trailing zeros. */
  public static String format(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e18) {
      return Long.toString((long) number);
    }
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return (number > 0) ? "+Inf" : "-Inf";
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
