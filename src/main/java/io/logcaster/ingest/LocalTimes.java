package io.logcaster.ingest;

import io.logcaster.record.Timestamps;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads the times that senders write, for all inputs: at the beginning of a text ({@link #read}) or
 * as a separate value ({@link #any}). The formats are those of {@link TimeText} and {@link
 * EpochTimes}.
 *
 * <p>Times without a zone are in a configured zone; for a time without a year, the latest year is
 * chosen that does not put it in the future. A time with an unknown zone is not read. Caches the
 * last results, because neighbouring lines mostly share a second. Not thread-safe.
 */
public final class LocalTimes {

  /**
   * How far a time may be ahead of now, because of inaccurate clocks, before it is assigned to last
   * year.
   */
  private static final long AHEAD = 24 * 3_600L;

  /** Offsets change only at multiples of a quarter of an hour, so a cached one holds within it. */
  private static final long OFFSET_STEP = 900;

  /** {@code 2026-11-29T10:00:00}. */
  private static final int SECONDS_LENGTH = 19;

  /** How long an inferred year stays valid. */
  private static final long SAME_YEAR = 3_600 * Timestamps.SECOND;

  /** Characters that may begin a zone, a year or AM after a time and a space. */
  private static final long[] MORE = Bytes.setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-[ap");

  private final ZoneId zone;

  private final TimeZoneText zoneText;

  private final TimeText text;

  private long now;

  private long nowDay;

  private int nowYear = 1970;

  private long offsetStep = Long.MIN_VALUE;

  private long offset;

  private final byte[] lastText = new byte[24];

  private long lastSecond;

  private boolean lastKnown;

  /** The last time in another format, with the byte after it. */
  private final byte[] lastWhole = new byte[40];

  private int lastWholeLength;

  private long lastWholeTime;

  /** The current time when that was read. */
  private long lastWholeNow;

  private long time;

  private boolean sure;

  /**
   * Creates a reader for a zone.
   *
   * @param zone the zone of times that have none
   */
  public LocalTimes(ZoneId zone) {
    this.zone = zone;
    this.zoneText = new TimeZoneText(this, new ZoneNames(zone));
    this.text = new TimeText(this, zoneText);
  }

  /** Sets the current time, which determines the year or day of times that lack it. */
  void now(long nanos) {
    now = nanos;
    long day = Math.floorDiv(nanos, Timestamps.DAY);
    if (day != nowDay) {
      nowDay = day;
      nowYear = LocalDate.ofEpochDay(day).getYear();
    }
  }

  public long now() {
    return now;
  }

  /**
   * Reads the time at the beginning of a text.
   *
   * @return the index after the time and its zone; -1 if there is none
   */
  public int read(byte[] bytes, int from, int to) {
    int at = iso(bytes, from, to);
    if (at != 0) {
      sure = true;
      return at;
    }
    at = again(bytes, from, to);
    if (at > 0) {
      sure = true;
      return at;
    }
    at = text.read(bytes, from, to);
    time = text.time();
    sure = text.isSure();
    if (at > 0 && sure && at < to && at - from < lastWhole.length) {
      lastWholeLength = at - from;
      System.arraycopy(bytes, from, lastWhole, 0, lastWholeLength + 1);
      lastWholeTime = time;
      lastWholeNow = now;
    }
    return at;
  }

  /**
   * Reuses the last time if the text begins with the same one, as neighbouring lines do. Returns 0
   * for other texts.
   */
  private int again(byte[] bytes, int from, int to) {
    int at = from + lastWholeLength;
    if (lastWholeLength == 0
        || at >= to
        || Math.abs(now - lastWholeNow) > SAME_YEAR
        || !Arrays.equals(bytes, from, at + 1, lastWhole, 0, lastWholeLength + 1)
        || (bytes[at] == ' ' && at + 1 < to && Bytes.isOneOf(MORE, bytes[at + 1]))) {
      return 0;
    }
    time = lastWholeTime;
    return at;
  }

  /** The time that {@link #read} found, in nanoseconds since the epoch. */
  public long time() {
    return time;
  }

  /**
   * Whether the text that {@link #read} found is almost certainly a time. If not, as with a time of
   * day without a date, it counts only if something else shows that it is a time.
   */
  public boolean isSure() {
    return sure;
  }

  /** Whether the English name of a month, full or abbreviated to three letters, is at an index. */
  public static boolean isMonth(byte[] bytes, int at, int to) {
    return DateText.month(bytes, at, to) > 0;
  }

  /** Reads the most common format, which has seconds. Returns 0 for other formats. */
  private int iso(byte[] bytes, int from, int to) {
    int at = from + SECONDS_LENGTH;
    if (at > to || bytes[from + 4] != '-' || bytes[from + 16] != ':') {
      return 0;
    }
    if (!lastKnown || !isLast(bytes, from)) {
      long asUtc = Timestamps.parse(bytes, from, at);
      if (asUtc == Timestamps.INVALID) {
        return 0;
      }
      System.arraycopy(bytes, from, lastText, 0, SECONDS_LENGTH);
      lastSecond = asUtc;
      lastKnown = true;
    }
    long nanos = 0;
    if (at + 1 < to && (bytes[at] == '.' || bytes[at] == ',') && Bytes.isDigit(bytes[at + 1])) {
      at++;
      for (int scale = 100_000_000; at < to && Bytes.isDigit(bytes[at]); scale /= 10) {
        nanos += (long) (bytes[at++] - '0') * scale;
      }
    } else if (at < to && bytes[at] == ':') {
      return 0;
    }
    at = zoneText.read(bytes, at, to);
    if (at < 0 || !TimeText.isEnded(bytes, at, to)) {
      // AM or PM may follow, and the text after a comma need not be a fraction.
      return 0;
    }
    time = zoneText.toUtc(lastSecond + nanos);
    return (time == Timestamps.INVALID) ? -1 : at;
  }

  private boolean isLast(byte[] bytes, int from) {
    return Bytes.word(bytes, from) == Bytes.word(lastText, 0)
        && Bytes.word(bytes, from + 8) == Bytes.word(lastText, 8)
        && Bytes.word(bytes, from + 11) == Bytes.word(lastText, 11);
  }

  /**
   * Reads a time from a structured record, as text, number or list of numbers: every format that
   * {@link #read} is sure about; a number of seconds, milliseconds, microseconds or nanoseconds
   * since the epoch; {@code [2026,11,29,10,0,0,123000000]} as Jackson writes local times; {@code
   * /Date(1795946400000)/}. Spaces around it are ignored.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID} for everything else,
   *     including numbers that are more likely durations
   */
  public long any(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    if (end - start < 5) {
      return Timestamps.INVALID;
    }
    if (bytes[start] == '/') {
      return EpochTimes.dotNet(bytes, start, end);
    }
    if (bytes[start] == '[') {
      return list(bytes, start + 1, end - 1);
    }
    boolean whole = read(bytes, start, end) == end && sure;
    return whole ? time : EpochTimes.parse(bytes, start, end, now);
  }

  /**
   * Reads seconds since the epoch, with or without a fraction, at the beginning of a text.
   *
   * @return the index after it; -1 if there is none
   */
  public int readEpoch(byte[] bytes, int from, int to) {
    int at = DateText.digitsEnd(bytes, from, to);
    if (at - from != 10) {
      return -1;
    }
    if (at + 1 < to && bytes[at] == '.' && Bytes.isDigit(bytes[at + 1])) {
      at = DateText.digitsEnd(bytes, at + 1, to);
    }
    time = EpochTimes.parse(bytes, from, at, now);
    sure = false;
    return (time == Timestamps.INVALID) ? -1 : at;
  }

  /**
   * Reads an all-digit date without a century and a time of day, as glog writes them after the
   * letter of the level: {@code 1129 10:00:00.123456}, optionally with a year of two or four
   * digits.
   *
   * @return the index after it; -1 if there is none
   */
  public int readMonthDay(byte[] bytes, int from, int to) {
    int at = text.readMonthDay(bytes, from, to);
    time = text.time();
    sure = false;
    return at;
  }

  /**
   * Reads a local time from numbers: year, month, day, hour, minute and optionally second,
   * nanosecond.
   */
  private long list(byte[] bytes, int from, int to) {
    int[] parts = new int[7];
    int count = 0;
    int at = from;
    while (at < to && count < parts.length) {
      int start = DateText.skipBlanks(bytes, at, to);
      int end = DateText.digitsEnd(bytes, start, to);
      if (end == start || end - start > 9) {
        return Timestamps.INVALID;
      }
      parts[count++] = Bytes.digits(bytes, start, end - start);
      at = DateText.skipBlanks(bytes, end, to);
      if (at < to && bytes[at++] != ',') {
        return Timestamps.INVALID;
      }
    }
    if (at < to || count < 5 || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) {
      return Timestamps.INVALID;
    }
    zoneText.none();
    int second = parts[3] * 3_600 + parts[4] * 60 + parts[5];
    return date(zoneText, parts[0], parts[1], parts[2], second, parts[6]);
  }

  /**
   * Converts a time that was read as if it were UTC from the configured zone to UTC.
   *
   * @param asUtc nanoseconds, or {@link Timestamps#INVALID}, which is returned unchanged
   */
  long local(long asUtc) {
    if (asUtc == Timestamps.INVALID) {
      return asUtc;
    }
    long second = Math.floorDiv(asUtc, Timestamps.SECOND);
    long step = Math.floorDiv(second, OFFSET_STEP);
    if (step != offsetStep) {
      LocalDateTime dateTime = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
      offset = zone.getRules().getOffset(dateTime).getTotalSeconds();
      offsetStep = step;
    }
    return asUtc - offset * Timestamps.SECOND;
  }

  /**
   * Returns the latest such time that is not more than a day ahead of now, for a time without a
   * year.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID} if there is no such day
   */
  long inferYear(TimeZoneText in, int month, int day, int secondOfDay, long nanos) {
    long nowSecond = Math.floorDiv(now, Timestamps.SECOND);
    int year = nowYear + 1;
    // Nine years always contain a leap year, which 29 February needs.
    for (int candidate = year; candidate > year - 9; candidate--) {
      long time = date(in, candidate, month, day, secondOfDay, nanos);
      if (time != Timestamps.INVALID
          && Math.floorDiv(time, Timestamps.SECOND) <= nowSecond + AHEAD) {
        return time;
      }
    }
    return Timestamps.INVALID;
  }

  /** Returns the time for a full date. */
  long date(TimeZoneText in, int year, int month, int day, int secondOfDay, long nanos) {
    long midnight = DateText.midnight(year, month, day);
    return (midnight == Timestamps.INVALID)
        ? midnight
        : in.toUtc(midnight + secondOfDay * Timestamps.SECOND + nanos);
  }

  /**
   * Returns the latest such time that is not more than an hour ahead of now, for a time without a
   * date.
   */
  long inferDay(TimeZoneText in, int secondOfDay, long nanos) {
    long day = Math.floorDiv(now, Timestamps.DAY) + 1;
    for (int i = 0; i < 3; i++) {
      long time = in.toUtc((day - i) * Timestamps.DAY + secondOfDay * Timestamps.SECOND + nanos);
      if (time != Timestamps.INVALID && time <= now + 3_600 * Timestamps.SECOND) {
        return time;
      }
    }
    return Timestamps.INVALID;
  }
}
