package io.logcaster.ingest;

import io.logcaster.record.Timestamps;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Reads the times that senders write, in every input: at the beginning of a text ({@link #read}) or
 * as a value by itself ({@link #any}). The spellings are those of {@link TimeText} and {@link
 * EpochTimes}.
 *
 * <p>Times without a zone are local to a configured one; times without a year are the latest that
 * are not in the future. A zone that is written is obeyed, or the time is not read. Remembers the
 * last answers, because neighbouring lines mostly share a second. Not thread-safe.
 */
public final class LocalTimes {

  /** Clocks that run ahead are forgiven this much before a time is taken for last year's. */
  private static final long AHEAD = 24 * 3_600L;

  /** Offsets change at multiples of a quarter of an hour, so one answer holds within it. */
  private static final long OFFSET_STEP = 900;

  /** {@code 2026-11-29T10:00:00}. */
  private static final int SECONDS_LENGTH = 19;

  /** What a time's year was taken for holds this long. */
  private static final long SAME_YEAR = 3_600 * Timestamps.SECOND;

  /** Behind a time and a blank a zone, a year or AM may begin with these. */
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

  /** The last time in another form, with the byte behind it. */
  private final byte[] lastWhole = new byte[40];

  private int lastWholeLength;

  private long lastWholeTime;

  /** The present when that was read. */
  private long lastWholeNow;

  private long time;

  private boolean sure;

  /**
   * Reads times of a zone.
   *
   * @param zone where times without a zone are taken from
   */
  public LocalTimes(ZoneId zone) {
    this.zone = zone;
    this.zoneText = new TimeZoneText(this, new ZoneNames(zone));
    this.text = new TimeText(this, zoneText);
  }

  /** Sets the current time, which decides the year or day of times that lack it. */
  public void now(long nanos) {
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
   * Reads the time that a text begins with.
   *
   * @return the index after the time and its zone; -1 where none stands here
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

  /** A time that was read last, as neighbouring lines have it. Returns 0 for other texts. */
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
   * Whether the text that {@link #read} found can hardly be anything but a time. Where not, as with
   * a time of the day alone, it counts only where something else shows that it is one.
   */
  public boolean isSure() {
    return sure;
  }

  /** Whether the English name of a month stands at a place, or its first three letters. */
  public static boolean isMonth(byte[] bytes, int at, int to) {
    return DateText.month(bytes, at, to) > 0;
  }

  /** The common form of all, with a second. Returns 0 for other forms. */
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
      // AM and PM may follow, and what follows a comma need not be a fraction.
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
   * Reads a time as a structured sender gives it, as text, number or list of numbers: each form
   * that {@link #read} takes for sure; a number of seconds, milliseconds, microseconds or
   * nanoseconds since the epoch; {@code [2026,11,29,10,0,0,123000000]} as Jackson writes local
   * times; {@code /Date(1795946400000)/}. Blanks around it mean nothing.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID} for everything else, among
   *     it a number that is likelier a duration
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
   * Reads seconds since the epoch with or without a fraction, as a text may begin with.
   *
   * @return the index after it; -1 where none stands here
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
   * Reads a date of digits alone without a century and a clock, as glog writes them behind the
   * letter of the level: {@code 1129 10:00:00.123456}, also with a year of two or four digits.
   *
   * @return the index after it; -1 where none stands here
   */
  public int readMonthDay(byte[] bytes, int from, int to) {
    int at = text.readMonthDay(bytes, from, to);
    time = text.time();
    sure = false;
    return at;
  }

  /** A local time as numbers: year, month, day, hour, minute and perhaps second, nanosecond. */
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
   * A time that was read as if it were UTC, moved to the configured zone.
   *
   * @param asUtc nanoseconds, or {@link Timestamps#INVALID}, which stays
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
   * A time without a year: the latest such time that is not more than a day ahead of now.
   *
   * @return nanoseconds since the epoch, or {@link Timestamps#INVALID} where there is no such day
   */
  long inferYear(TimeZoneText in, int month, int day, int secondOfDay, long nanos) {
    long nowSecond = Math.floorDiv(now, Timestamps.SECOND);
    int year = nowYear + 1;
    // Nine years hold a leap year always, which 29 February may need.
    for (int candidate = year; candidate > year - 9; candidate--) {
      long time = date(in, candidate, month, day, secondOfDay, nanos);
      if (time != Timestamps.INVALID
          && Math.floorDiv(time, Timestamps.SECOND) <= nowSecond + AHEAD) {
        return time;
      }
    }
    return Timestamps.INVALID;
  }

  /** A time of a full date. */
  long date(TimeZoneText in, int year, int month, int day, int secondOfDay, long nanos) {
    long midnight = DateText.midnight(year, month, day);
    return (midnight == Timestamps.INVALID)
        ? midnight
        : in.toUtc(midnight + secondOfDay * Timestamps.SECOND + nanos);
  }

  /** A time without a date: the latest such time that is not more than an hour ahead of now. */
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
