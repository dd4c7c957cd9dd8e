package io.logcaster.ingest;

import io.logcaster.record.Timestamps;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Reads the zone that follows a time, and converts times of that zone to UTC.
 *
 * <pre>
 * Z   +02:00   -0800   -07   +02:00[Europe/Berlin]           directly after the time or a space
 * UTC   CET   GMT+0100 (Central European Standard Time)   Europe/Berlin   [Europe/Berlin]
 * +0100 CET m=+0.012                                         as Go prints times
 * </pre>
 *
 * <p>A time with an unknown zone is not read. Not thread-safe.
 */
final class TimeZoneText {

  /** If a time is further ahead than this, the guess for an ambiguous abbreviation was wrong. */
  private static final long AHEAD = 3_600 * Timestamps.SECOND;

  /** What {@link #read} returns for an unknown zone. */
  static final int BAD = -1;

  private static final long[] NAME = Bytes.setOf("/_+-");

  private final LocalTimes times;

  private final ZoneNames names;

  private boolean local;

  private boolean guessed;

  private int offset;

  private @Nullable ZoneRules rules;

  TimeZoneText(LocalTimes times, ZoneNames names) {
    this.times = times;
    this.names = names;
  }

  /** Resets the zone to none. */
  void none() {
    local = true;
    guessed = false;
    rules = null;
  }

  /** Whether the text had a zone. */
  boolean isWritten() {
    return !local;
  }

  private void utcPlus(int seconds) {
    none();
    local = false;
    offset = seconds;
  }

  /** Converts a time that was read as if it were UTC from the zone to UTC. */
  long toUtc(long asUtc) {
    if (local) {
      return times.local(asUtc);
    }
    if (rules != null) {
      LocalDateTime dateTime =
          LocalDateTime.ofEpochSecond(Math.floorDiv(asUtc, Timestamps.SECOND), 0, ZoneOffset.UTC);
      return asUtc - rules.getOffset(dateTime).getTotalSeconds() * Timestamps.SECOND;
    }
    long time = asUtc - offset * Timestamps.SECOND;
    return (guessed && time > times.now() + AHEAD) ? Timestamps.INVALID : time;
  }

  /** Reads a zone if there is one; returns the index after it, or {@link #BAD}. */
  int read(byte[] bytes, int at, int to) {
    none();
    if (at == to) {
      return at;
    }
    return switch (bytes[at]) {
      case 'Z', 'z' -> zulu(bytes, at, to);
      case '+', '-' -> attached(bytes, at, to);
      case '[' -> bracketed(bytes, at, to);
      case ' ' -> (at + 1 < to) ? behindBlank(bytes, at, to) : at;
      default -> at;
    };
  }

  private int zulu(byte[] bytes, int at, int to) {
    utcPlus(0);
    return isLetter(bytes, at + 1, to) ? BAD : skipRegion(bytes, at + 1, to);
  }

  private int attached(byte[] bytes, int at, int to) {
    int end = offset(bytes, at, to);
    return (end < 0) ? BAD : goSuffix(bytes, skipRegion(bytes, end, to), to);
  }

  private int behindBlank(byte[] bytes, int blank, int to) {
    int at = blank + 1;
    byte first = bytes[at];
    if (first == '+' || first == '-') {
      int end = offset(bytes, at, to);
      if (end < 0) {
        none();
        return blank;
      }
      return goSuffix(bytes, skipRegion(bytes, end, to), to);
    }
    if (first == '[') {
      int end = bracketed(bytes, at, to);
      return (end == at) ? blank : end;
    }
    if (first < 'A' || first > 'Z') {
      return blank;
    }
    int end = wordEnd(bytes, at, to);
    if (end - at == 1 && first == 'Z') {
      utcPlus(0);
      return end;
    }
    return named(bytes, blank, at, end, to);
  }

  /** Reads a zone name after a space; returns the index of the space for other words. */
  private int named(byte[] bytes, int blank, int at, int end, int to) {
    if (ZoneNames.isRegion(bytes, at, end)) {
      return region(bytes, at, end) ? end : BAD;
    }
    int letters = at;
    while (letters < end && bytes[letters] >= 'A' && bytes[letters] <= 'Z') {
      letters++;
    }
    int minutes = names.offset(bytes, at, letters);
    if (minutes == ZoneNames.UNKNOWN) {
      return blank;
    }
    if (letters < end) {
      return (minutes == 0) ? fromGreenwich(bytes, blank, letters, to) : blank;
    }
    if (minutes != ZoneNames.OWN) {
      utcPlus(minutes * 60);
      guessed = ZoneNames.isShared(bytes, at, letters);
    }
    return end;
  }

  /** {@code GMT+0100 (Central European Standard Time)}, {@code UTC-5}. */
  private int fromGreenwich(byte[] bytes, int blank, int sign, int to) {
    if (bytes[sign] != '+' && bytes[sign] != '-') {
      return blank;
    }
    int end = offset(bytes, sign, to);
    if (end < 0 && sign + 1 < to && Bytes.isDigit(bytes[sign + 1])) {
      int hours = (bytes[sign + 1] - '0') * 3_600;
      utcPlus(bytes[sign] == '-' ? -hours : hours);
      end = sign + 2;
      return (end < to && (Bytes.isDigit(bytes[end]) || isLetter(bytes, end, to))) ? BAD : end;
    }
    if (end < 0) {
      none();
      return blank;
    }
    if (end + 1 < to && bytes[end] == ' ' && bytes[end + 1] == '(') {
      int close = Bytes.indexOf(bytes, end, to, (byte) ')');
      return (close < to) ? close + 1 : end;
    }
    return end;
  }

  /** The end of a zone's word, which includes a sign and the digits after it. */
  private static int wordEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isLetter(bytes[at]) || Bytes.isOneOf(NAME, bytes[at]))) {
      at++;
    }
    while (at < to && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  private boolean region(byte[] bytes, int from, int to) {
    rules = names.region(bytes, from, to);
    local = rules == null;
    return !local;
  }

  /** {@code [Europe/Berlin]}; returns {@code at} if the brackets contain something else. */
  private int bracketed(byte[] bytes, int at, int to) {
    int end = wordEnd(bytes, at + 1, to);
    if (end >= to || bytes[end] != ']') {
      return at;
    }
    if (ZoneNames.isRegion(bytes, at + 1, end)) {
      return region(bytes, at + 1, end) ? end + 1 : BAD;
    }
    if (names.offset(bytes, at + 1, end) == 0) {
      utcPlus(0);
      return end + 1;
    }
    return at;
  }

  /** Skips {@code [Europe/Berlin]} after an offset, which is sufficient. */
  private int skipRegion(byte[] bytes, int at, int to) {
    if (at >= to || bytes[at] != '[') {
      return at;
    }
    int end = wordEnd(bytes, at + 1, to);
    boolean zone =
        end < to
            && bytes[end] == ']'
            && (ZoneNames.isRegion(bytes, at + 1, end)
                || names.offset(bytes, at + 1, end) != ZoneNames.UNKNOWN);
    return zone ? end + 1 : at;
  }

  /** Skips the zone name and the monotonic clock reading that Go prints after an offset. */
  private int goSuffix(byte[] bytes, int at, int to) {
    if (at + 3 > to || bytes[at] != ' ') {
      return at;
    }
    int end = at + 1;
    while (end < to && !isEnd(bytes[end])) {
      end++;
    }
    boolean sign = bytes[at + 1] == '+' || bytes[at + 1] == '-';
    boolean numeric = sign && end - at > 3 && Bytes.digits(bytes, at + 2, end - at - 2) >= 0;
    if (!numeric && names.offset(bytes, at + 1, end) == ZoneNames.UNKNOWN) {
      return at;
    }
    if (end + 4 < to && bytes[end + 1] == 'm' && bytes[end + 2] == '=') {
      end += 4;
      while (end < to && (Bytes.isDigit(bytes[end]) || bytes[end] == '.')) {
        end++;
      }
    }
    return end;
  }

  private static boolean isEnd(byte b) {
    return b == ' ' || b == '\t' || b == ']' || b == ',' || b == ':' || b == '|';
  }

  /**
   * {@code ±hh}, {@code ±hhmm}, {@code ±hh:mm}; returns the index after it, -1 if there is no
   * offset.
   */
  private int offset(byte[] bytes, int at, int to) {
    int end = at + 1;
    while (end < to && Bytes.isDigit(bytes[end])) {
      end++;
    }
    int length = end - at - 1;
    int hours = (length == 2 || length == 4) ? Bytes.digits(bytes, at + 1, 2) : -1;
    int minutes = (length == 4) ? Bytes.digits(bytes, at + 3, 2) : 0;
    if (length == 2 && end + 2 < to && bytes[end] == ':') {
      int written = Bytes.digits(bytes, end + 1, 2);
      if (written >= 0) {
        minutes = written;
        end += 3;
      }
    }
    boolean more = end < to && (Bytes.isDigit(bytes[end]) || isLetter(bytes, end, to));
    if (hours < 0 || hours > 18 || minutes > 59 || more) {
      return -1;
    }
    int seconds = hours * 3_600 + minutes * 60;
    utcPlus(bytes[at] == '-' ? -seconds : seconds);
    return end;
  }

  private static boolean isLetter(byte[] bytes, int at, int to) {
    return at < to && Bytes.isLetter(bytes[at]);
  }
}
