package io.logcaster.query.lang;

import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.value.Durations;
import io.logcaster.record.Timestamps;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses points and periods of time as queries and requests spell them: {@code now}, {@code
 * now-5m}, {@code -5m} and {@code 5m} (that long ago), parts of RFC 3339 ({@code 2026}, {@code
 * 2026-01-31T10+02:00}; the period that is named), and seconds, milliseconds, microseconds or
 * nanoseconds since the epoch by their magnitude. Without a zone, UTC.
 */
public final class Times {

  private static final Pattern PARTS =
      Pattern.compile(
          "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T"
              + " ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9})\\d*)?)?)?)?)?)?"
              + "(Z|z|[+-]\\d\\d:\\d\\d)?");

  private Times() {}

  /** Parses a time; null if the text is not one. */
  public static @Nullable Bound bound(String text) {
    if (text.equalsIgnoreCase("now")) {
      return new Bound(true, 0, 0);
    }
    if (text.regionMatches(true, 0, "now", 0, 3) && text.length() > 4) {
      long shift = Durations.parse(text.substring((text.charAt(3) == '+') ? 4 : 3));
      return (shift == Durations.INVALID || (text.charAt(3) != '-' && text.charAt(3) != '+'))
          ? null
          : new Bound(true, shift, shift);
    }
    long duration = Durations.parse(text);
    if (duration != Durations.INVALID) {
      long ago = -Math.abs(duration);
      return new Bound(true, ago, ago);
    }
    Bound epoch = sinceEpoch(text);
    return (epoch != null) ? epoch : parts(text);
  }

  /**
   * The latest time that a request's {@code end} includes: an end is a moment, not a period, and
   * the range ends right before it, so that the next range can begin there.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  public static long lastOf(Bound end, long now) {
    return Math.max(end.first(now), Long.MIN_VALUE + 1) - 1;
  }

  private static @Nullable Bound sinceEpoch(String text) {
    int dot = text.indexOf('.');
    String whole = (dot < 0) ? text : text.substring(0, dot);
    String fraction = (dot < 0) ? "" : text.substring(dot + 1);
    if (!whole.matches("\\d{1,3}|\\d{5,19}|-\\d{1,19}")
        || !fraction.matches("\\d*")
        || dot == text.length() - 1) {
      return null;
    }
    long number;
    try {
      number = Long.parseLong(whole);
    } catch (NumberFormatException ex) {
      return null;
    }
    long unit = Timestamps.SECOND;
    long rest = Math.abs(number);
    // Seconds reach 10^11 in the year 5138; larger numbers count finer units.
    while (rest >= 100_000_000_000L && unit > 1) {
      unit /= 1000;
      rest /= 1000;
    }
    long nanos = number * unit;
    if (Math.multiplyHigh(number, unit) != nanos >> 63) {
      // Seconds reach beyond the year 2262, which nanoseconds do not.
      long edge = (number < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
      return new Bound(false, edge, edge);
    }
    if (fraction.isEmpty()) {
      return new Bound(false, nanos, Math.max(nanos, nanos + unit - 1));
    }
    long part = Math.round(Double.parseDouble("0." + fraction) * unit);
    nanos += whole.startsWith("-") ? -part : part;
    return new Bound(false, nanos, nanos);
  }

  private static @Nullable Bound parts(String text) {
    Matcher matcher = PARTS.matcher(text);
    if (!matcher.matches() || (matcher.group(7) != null && matcher.group(8) == null)) {
      return null;
    }
    int year = Integer.parseInt(matcher.group(1));
    int month = part(matcher.group(2), 1);
    int day = part(matcher.group(3), 1);
    int hour = part(matcher.group(4), 0);
    int minute = part(matcher.group(5), 0);
    int second = part(matcher.group(6), 0);
    if (year < 1678
        || year > 2261
        || month < 1
        || month > 12
        || day < 1
        || day > 31
        || hour > 24
        || minute > 59
        || second > 60) {
      return null;
    }
    long start =
        Timestamps.epochDay(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
    long length;
    if (matcher.group(2) == null) {
      length = (Timestamps.epochDay(year + 1, 1, 1) - Timestamps.epochDay(year, 1, 1)) * 86_400;
    } else if (matcher.group(3) == null) {
      long next =
          (month == 12)
              ? Timestamps.epochDay(year + 1, 1, 1)
              : Timestamps.epochDay(year, month + 1, 1);
      length = (next - Timestamps.epochDay(year, month, 1)) * 86_400;
    } else {
      length =
          (matcher.group(4) == null)
              ? 86_400
              : (matcher.group(5) == null) ? 3_600 : (matcher.group(6) == null) ? 60 : 1;
    }
    long first = (start - zone(matcher.group(8))) * Timestamps.SECOND;
    if (matcher.group(7) == null) {
      return new Bound(false, first, first + length * Timestamps.SECOND - 1);
    }
    String digits = matcher.group(7);
    long nanos = Long.parseLong((digits + "000000000").substring(0, 9));
    long step = 1;
    for (int i = digits.length(); i < 9; i++) {
      step *= 10;
    }
    return new Bound(false, first + nanos, first + nanos + step - 1);
  }

  private static int part(@Nullable String digits, int otherwise) {
    return (digits == null) ? otherwise : Integer.parseInt(digits);
  }

  private static long zone(@Nullable String zone) {
    if (zone == null || zone.equalsIgnoreCase("Z")) {
      return 0;
    }
    long seconds =
        Integer.parseInt(zone.substring(1, 3)) * 3_600L + Integer.parseInt(zone.substring(4)) * 60L;
    return zone.startsWith("-") ? -seconds : seconds;
  }
}
