package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;

/**
 * Reads the header described by RFC 3164 and its dialects: {@code TIME HOST TAG[PID]: }. In syslog
 * messages it follows the priority; in log files there is no priority.
 *
 * <p>The time is {@code Jan 2 15:04:05} or any other that {@link io.logcaster.ingest.LocalTimes}
 * reads. The host is missing if a tag with its colon or bracket comes first, unless a Cisco message
 * code follows ({@code fw1: %ASA-6-302013: …}). A tag ends at a colon or a bracketed process id,
 * after which RFC 5424 relays omit the colon. A word with neither is the first word of the message,
 * because some senders write no tag. Without a time only the headers of {@link CiscoHeader} are
 * read. AIX relays put {@code Message forwarded from HOST:} before the tag, Solaris puts {@code [ID
 * 800047 auth.info]} after it.
 */
public final class BsdHeader {

  /** RFC 3164 allows 32; the names of systemd units and containers can be longer. */
  private static final int MAX_TAG = 128;

  private static final long[] TAG =
      Bytes.setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./@()+#~*$&");

  private static final byte[] FORWARDED = Bytes.ascii("Message forwarded from ");

  private static final byte[] REPEATED = Bytes.ascii("last message repeated ");

  private static final byte[] ID = Bytes.ascii("[ID ");

  private static final byte[] ERROR = Bytes.ascii("Error");

  private static final byte[] EXCEPTION = Bytes.ascii("Exception");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final CiscoHeader cisco;

  private final int messageId;

  /**
   * Creates a parser.
   *
   * @param out where the records go
   */
  public BsdHeader(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.messageId = builder.column("msg_id");
    this.cisco = new CiscoHeader(out);
  }

  /**
   * Sets the time, host, app and process id of the current record.
   *
   * @return where the message begins; -1 if there is no header; nothing is set then
   */
  int parse(byte[] bytes, int from, int to) {
    int at = time(bytes, from, to);
    if (at < 0) {
      int text = cisco.parse(bytes, from, to);
      return (text < 0 || text == to || bytes[text] == '%') ? text : tag(bytes, text, to);
    }
    builder.time(out.times().time());
    at = skipSpaces(bytes, at, to);
    if (Bytes.startsWith(bytes, at, to, FORWARDED)) {
      // Written by AIX relays.
      int host = at + FORWARDED.length;
      int colon = Bytes.indexOfEither(bytes, host, to, (byte) ':', (byte) ' ');
      builder.value(out.host(), bytes, host, colon);
      return tag(bytes, skipSpaces(bytes, Math.min(colon + 1, to), to), to);
    }
    if (Bytes.startsWith(bytes, at, to, REPEATED)) {
      return at;
    }
    return hostAndTag(bytes, at, to);
  }

  /**
   * Like {@link #parse}, but for a line of a file, where a level or a bracket may take the place of
   * the host.
   *
   * @return where the message begins; -1 if this is another kind of header; nothing is set then
   */
  public int parseLine(byte[] bytes, int from, int to) {
    int at = time(bytes, from, to);
    if (at < 0) {
      return -1;
    }
    at = skipSpaces(bytes, at, to);
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (at == to || bytes[at] == '[' || Severity.parse(bytes, at, end) != Severity.UNSET) {
      return -1;
    }
    builder.time(out.times().time());
    return hostAndTag(bytes, at, to);
  }

  /** Reads the host and the tag after the time; returns where the message begins. */
  private int hostAndTag(byte[] bytes, int from, int to) {
    int at = from;
    int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
    if (end < to && end > at) {
      int next = skipSpaces(bytes, end, to);
      boolean code = next < to && bytes[next] == '%';
      boolean colon = bytes[end - 1] == ':';
      if (!isTag(bytes, at, end)) {
        builder.value(out.host(), bytes, at, end);
        at = next;
        if (at + 1 < to && bytes[at] == ':' && bytes[at + 1] == ' ') {
          // A tag without a name, as Cisco's firewalls write it.
          at = skipSpaces(bytes, at + 1, to);
        }
      } else if (code && colon && bytes[at] != '%') {
        builder.value(out.host(), bytes, at, end - 1);
        at = next;
      }
    }
    return solaris(bytes, tag(bytes, at, to), to);
  }

  /**
   * Skips {@code [ID 800047 auth.info] } and keeps the number; the priority already holds the rest.
   */
  private int solaris(byte[] bytes, int from, int to) {
    if (!Bytes.startsWith(bytes, from, to, ID)) {
      return from;
    }
    int number = from + ID.length;
    int end = number;
    while (end < to && Bytes.isDigit(bytes[end])) {
      end++;
    }
    int close = Bytes.indexOf(bytes, end, to, (byte) ']');
    if (end == number || end >= to || bytes[end] != ' ' || close >= to) {
      return from;
    }
    builder.value(messageId, bytes, number, end);
    return skipSpaces(bytes, close + 1, to);
  }

  /** Whether a word can only be a tag, because host names do not end in a colon or a bracket. */
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
    return b < 0 || Bytes.isOneOf(TAG, b);
  }

  /** Whether a word is the name of an exception class, which begins many stack traces. */
  private static boolean isError(byte[] bytes, int from, int to) {
    return Bytes.endsWith(bytes, from, to, ERROR) || Bytes.endsWith(bytes, from, to, EXCEPTION);
  }

  /** Reads a time and returns the index after it; -1 if there is none. */
  private int time(byte[] bytes, int from, int to) {
    int at = out.times().read(bytes, from, to);
    if (at < 0 || !out.times().isSure()) {
      return -1;
    }
    return (at < to && bytes[at] == ':') ? at + 1 : at;
  }

  static int skipSpaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }
}
