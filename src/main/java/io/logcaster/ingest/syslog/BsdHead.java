package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;

/**
 * Reads the head that RFC 3164 describes and its dialects: {@code TIME HOST TAG[PID]: }, as it
 * stands in syslog messages after the priority and in log files without one.
 *
 * <p>The time is {@code Jan 2 15:04:05}, with a fraction (syslog-ng), a year before or after the
 * clock (Cisco), or RFC 3339 (rsyslog). The host is missing where a tag with its colon or bracket
 * stands first. A tag ends at a colon or a bracketed process id, after which relays of RFC 5424
 * leave the colon out; a word with neither is the message's first, because some senders have no
 * tag. Without a time nothing is a head.
 */
public final class BsdHead {

  /** RFC 3164 allows 32; names of units and containers are longer. */
  private static final int MAX_TAG = 128;

  private static final byte[] ERROR = Bytes.ascii("Error");

  private static final byte[] EXCEPTION = Bytes.ascii("Exception");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  /** Set by {@link #time}. */
  private long time;

  /**
   * Makes a parser.
   *
   * @param out where the records go
   */
  public BsdHead(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
  }

  /**
   * Sets time, host, app and process id of the current record.
   *
   * @return where the message begins; -1 where there is no head, and nothing is set
   */
  public int parse(byte[] bytes, int from, int to) {
    int at = time(bytes, from, to);
    if (at < 0) {
      return -1;
    }
    builder.time(time);
    at = skipSpaces(bytes, at, to);
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (end < to && !isTag(bytes, at, end)) {
      builder.value(out.host(), bytes, at, end);
      at = skipSpaces(bytes, end, to);
    }
    return tag(bytes, at, to);
  }

  /** Whether a word can only be a tag, because a host has neither colon at its end nor bracket. */
  private static boolean isTag(byte[] bytes, int from, int to) {
    if (bytes[to - 1] == ':') {
      // An IPv6 address may end in a colon, too: fe80::
      return to - from < 2 || bytes[to - 2] != ':';
    }
    return bytes[to - 1] == ']' && bytes[from] != '[';
  }

  private int tag(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isTagByte(bytes[at])) {
      at++;
    }
    if (at == from || at == to || at - from > MAX_TAG) {
      return from;
    }
    int appEnd = at;
    if (bytes[at] == '[') {
      int close = Bytes.indexOfEither(bytes, at, to, (byte) ']', (byte) ' ');
      if (close == to || bytes[close] == ' ') {
        return from;
      }
      builder.value(out.processId(), bytes, at + 1, close);
      at = close + 1;
    } else if (bytes[at] != ':'
        || (at + 1 < to && bytes[at + 1] != ' ')
        || isError(bytes, from, at)) {
      return from;
    }
    builder.value(out.app(), bytes, from, appEnd);
    if (at < to && bytes[at] == ':') {
      at++;
    }
    return (at < to && bytes[at] == ' ') ? at + 1 : at;
  }

  private static boolean isTagByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || Bytes.isDigit(b)
        || b < 0
        || "_-./@()+#~*$&".indexOf(b) >= 0;
  }

  /**
   * Whether a word is the class of an exception, with which the text of many stack traces begins.
   */
  private static boolean isError(byte[] bytes, int from, int to) {
    return Bytes.endsWith(bytes, from, to, ERROR) || Bytes.endsWith(bytes, from, to, EXCEPTION);
  }

  /** Reads a time and returns the index after it, -1 where there is none. */
  private int time(byte[] bytes, int from, int to) {
    if (from >= to) {
      return -1;
    }
    if (Bytes.isDigit(bytes[from])) {
      int end = Bytes.indexOf(bytes, from, to, (byte) ' ');
      time = out.times().iso(bytes, from, end);
      return (time == Timestamps.INVALID) ? -1 : end;
    }
    return bsdTime(bytes, from, to);
  }

  private int bsdTime(byte[] bytes, int from, int to) {
    int month = (to - from < 15) ? 0 : month(bytes, from);
    if (month == 0 || bytes[from + 3] != ' ') {
      return -1;
    }
    int at = from + 4;
    if (bytes[at] == ' ') {
      at++;
    }
    int dayEnd = at;
    while (dayEnd < to && Bytes.isDigit(bytes[dayEnd])) {
      dayEnd++;
    }
    if (dayEnd == at || dayEnd - at > 2 || dayEnd >= to || bytes[dayEnd] != ' ') {
      return -1;
    }
    int day = Bytes.digits(bytes, at, dayEnd - at);
    at = dayEnd + 1;
    int year = -1;
    if (to - at > 13 && bytes[at + 4] == ' ') {
      year = Bytes.digits(bytes, at, 4);
      at += 5;
    }
    int second = LocalTimes.timeOfDay(bytes, at, to);
    if (second < 0 || day < 1 || day > 31) {
      return -1;
    }
    at += 8;
    long nanos = 0;
    if (at < to && bytes[at] == '.') {
      at++;
      for (int scale = 100_000_000; at < to && Bytes.isDigit(bytes[at]); scale /= 10) {
        nanos += (long) (bytes[at++] - '0') * scale;
      }
    }
    if (year < 0 && to - at > 5 && bytes[at] == ' ' && bytes[at + 5] == ' ') {
      year = Bytes.digits(bytes, at + 1, 4);
      if (year >= 1970 && year < 2100) {
        at += 5;
      } else {
        year = -1;
      }
    }
    if (at < to && bytes[at] == ':') {
      at++;
    }
    if (at < to && bytes[at] != ' ') {
      return -1;
    }
    time =
        (year < 0)
            ? out.times().inferYear(month, day, second, nanos)
            : out.times().date(year, month, day, second, nanos);
    return (time == Timestamps.INVALID) ? -1 : at;
  }

  /** The number of a month by its English abbreviation, 0 where there is none. */
  public static int month(byte[] bytes, int at) {
    int name = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
    return switch (name) {
      case 0x4A616E -> 1;
      case 0x466562 -> 2;
      case 0x4D6172 -> 3;
      case 0x417072 -> 4;
      case 0x4D6179 -> 5;
      case 0x4A756E -> 6;
      case 0x4A756C -> 7;
      case 0x417567 -> 8;
      case 0x536570 -> 9;
      case 0x4F6374 -> 10;
      case 0x4E6F76 -> 11;
      case 0x446563 -> 12;
      default -> 0;
    };
  }

  private static int skipSpaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }
}
