package io.logcaster.query.value;

import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one order of values, in which sorting, {@code min} and {@code max} agree: the empty value,
 * then values that read as numbers (with their units) by number, then times, then all others as
 * text in which runs of digits compare by number. Numbers and times that are spelled differently
 * compare as equal; texts that differ never do.
 */
public final class ValueOrder {

  private ValueOrder() {}

  /** Compares two values. */
  public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    if (aFrom == aTo || bFrom == bTo) {
      return Integer.compare(aTo - aFrom, bTo - bFrom);
    }
    double left = Numbers.parse(a, aFrom, aTo);
    double right = Numbers.parse(b, bFrom, bTo);
    if (!Double.isNaN(left) || !Double.isNaN(right)) {
      // A NaN, which is text here, compares as larger than every number.
      return ExactNumbers.compareMeasures(left, a, aFrom, aTo, right, b, bFrom, bTo);
    }
    long leftTime = Timestamps.parse(a, aFrom, aTo);
    long rightTime = Timestamps.parse(b, bFrom, bTo);
    if (leftTime != rightTime
        && leftTime != Timestamps.INVALID
        && rightTime != Timestamps.INVALID) {
      return Long.compare(leftTime, rightTime);
    }
    if (leftTime != Timestamps.INVALID || rightTime != Timestamps.INVALID) {
      return (leftTime == rightTime) ? 0 : (leftTime != Timestamps.INVALID) ? -1 : 1;
    }
    int order = natural(a, aFrom, aTo, b, bFrom, bTo);
    return (order != 0) ? order : Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
  }

  /** Compares two values. */
  public static int compare(byte[] a, byte[] b) {
    return compare(a, 0, a.length, b, 0, b.length);
  }

  /** Compares two values. */
  public static int compare(String a, String b) {
    return compare(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static int natural(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo && j < bTo) {
      if (isDigit(a[i]) && isDigit(b[j])) {
        int aDigits = skipZeros(a, i, aTo);
        int bDigits = skipZeros(b, j, bTo);
        i = skipDigits(a, aDigits, aTo);
        j = skipDigits(b, bDigits, bTo);
        int order = Integer.compare(i - aDigits, j - bDigits);
        if (order == 0) {
          order = Arrays.compareUnsigned(a, aDigits, i, b, bDigits, j);
        }
        if (order != 0) {
          return order;
        }
      } else {
        int order = (a[i] & 0xff) - (b[j] & 0xff);
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
    }
    return Integer.compare(aTo - i, bTo - j);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static int skipZeros(byte[] bytes, int at, int to) {
    while (at < to && bytes[at] == '0') {
      at++;
    }
    return at;
  }

  private static int skipDigits(byte[] bytes, int at, int to) {
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    return at;
  }
}
