package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.record.Severity;

/**
 * Reads headers with unusual formats.
 *
 * <pre>
 * E1129 10:00:00.123456       1 reflector.go:138] message             klog, glog
 * I, [2026-11-29T10:00:00.123456 #42]  INFO -- shop: message          Ruby
 * 42:M 29 Nov 2026 10:00:00.123 * message                             Redis
 * 11-29 10:00:00.123  1234  5678 E Tag: message                       Android, also with E/Tag( 42):
 * [I 2026-11-29 10:00:00.123 ServerApp] message                       Tornado, Jupyter
 * [1795946400] message                                                Nagios
 * 1795946400.123    12 192.0.2.1 TCP_MISS/200 …                       Squid
 * </pre>
 */
final class SpecialHeader {

  private static final int LONGEST_TAG = 64;

  private final LocalTimes times;

  private final HeaderParts parts;

  private final HeaderLevel level;

  SpecialHeader(LocalTimes times, HeaderParts parts, HeaderLevel level) {
    this.times = times;
    this.parts = parts;
    this.level = level;
  }

  /** Reads a header; returns where the message begins, -1 if there is none. */
  int parse(byte[] bytes, int from, int to) {
    if (to - from < 12) {
      return -1;
    }
    byte first = bytes[from];
    byte second = bytes[from + 1];
    if (first == '[') {
      return Bytes.isDigit(second)
          ? (Bytes.isDigit(bytes[from + 10]) ? nagios(bytes, from, to) : -1)
          : tornado(bytes, from, to);
    }
    if (Bytes.isDigit(first)) {
      if (bytes[from + 2] == '-' && bytes[from + 5] == ' ') {
        return android(bytes, from, to);
      }
      return (bytes[from + 10] == '.') ? squid(bytes, from, to) : redis(bytes, from, to);
    }
    if (first < 'A' || first > 'Z') {
      return -1;
    }
    if (Bytes.isDigit(second)) {
      return klog(bytes, from, to);
    }
    if (second == ',') {
      return ruby(bytes, from, to);
    }
    return (second == '/') ? tag(bytes, from, to) : -1;
  }

  private boolean letter(byte[] bytes, int at) {
    boolean known = Severity.parse(bytes, at, at + 1) != Severity.UNSET;
    if (known) {
      parts.set(HeaderParts.LEVEL, bytes, at, at + 1);
    }
    return known;
  }

  private int klog(byte[] bytes, int from, int to) {
    int end = times.readMonthDay(bytes, from + 1, to);
    if (end < 0 || !letter(bytes, from)) {
      return -1;
    }
    int at = LineScanner.skipBlanks(bytes, end, to);
    int process = LineScanner.digits(bytes, at, to);
    int caller = LineScanner.skipBlanks(bytes, process, to);
    int close = LineScanner.word(bytes, caller, to);
    if (process == at || close - caller < 3) {
      return -1;
    }
    parts.time(times.time());
    parts.set(HeaderParts.PROCESS, bytes, at, process);
    if (bytes[close - 1] == ']') {
      parts.set(HeaderParts.CALLER, bytes, caller, close - 1);
      return LineScanner.skipBlanks(bytes, close, to);
    }
    return caller;
  }

  private int ruby(byte[] bytes, int from, int to) {
    if (bytes[from + 2] != ' ' || bytes[from + 3] != '[') {
      return -1;
    }
    int at = times.read(bytes, from + 4, to);
    int number = (at < 0) ? to : LineScanner.skipBlanks(bytes, at, to) + 1;
    int end =
        (number < to && bytes[number - 1] == '#') ? LineScanner.digits(bytes, number, to) : to;
    if (end >= to || bytes[end] != ']') {
      return -1;
    }
    at = LineScanner.skipBlanks(bytes, end + 1, to);
    if (!level.find(bytes, at, to, true)) {
      return -1;
    }
    parts.time(times.time());
    level.note(parts, bytes);
    parts.set(HeaderParts.PROCESS, bytes, number, end);
    at = LineScanner.skipBlanks(bytes, level.end(), to);
    if (at + 2 > to || bytes[at] != '-' || bytes[at + 1] != '-') {
      return at;
    }
    int name = LineScanner.skipBlanks(bytes, at + 2, to);
    int colon = Bytes.indexOf(bytes, name, Math.min(to, name + LONGEST_TAG), (byte) ':');
    if (colon >= to || bytes[colon] != ':') {
      return name;
    }
    parts.set(HeaderParts.LOGGER, bytes, name, colon);
    return LineScanner.skipBlanks(bytes, colon + 1, to);
  }

  private int redis(byte[] bytes, int from, int to) {
    int colon = LineScanner.digits(bytes, from, to);
    if (colon + 3 >= to
        || bytes[colon] != ':'
        || bytes[colon + 1] < 'A'
        || bytes[colon + 2] != ' ') {
      return -1;
    }
    int at = times.read(bytes, colon + 3, to);
    if (at < 0 || at + 2 >= to || bytes[at] != ' ' || bytes[at + 2] != ' ') {
      return -1;
    }
    int number =
        switch (bytes[at + 1]) {
          case '.' -> Severity.DEBUG;
          case '-' -> Severity.INFO;
          case '*' -> Severity.NOTICE;
          case '#' -> Severity.WARN;
          default -> Severity.UNSET;
        };
    if (number == Severity.UNSET) {
      return -1;
    }
    parts.time(times.time());
    parts.level(bytes, at + 1, at + 2, number);
    parts.set(HeaderParts.PROCESS, bytes, from, colon);
    return at + 3;
  }

  private int android(byte[] bytes, int from, int to) {
    int at = times.read(bytes, from, to);
    if (at < 0 || at >= to) {
      return -1;
    }
    long time = times.time();
    at = LineScanner.skipBlanks(bytes, at, to);
    int message;
    if (at < to && Bytes.isDigit(bytes[at])) {
      int process = LineScanner.digits(bytes, at, to);
      int thread = LineScanner.skipBlanks(bytes, process, to);
      int threadEnd = LineScanner.digits(bytes, thread, to);
      int letter = LineScanner.skipBlanks(bytes, threadEnd, to);
      if (letter + 2 >= to || bytes[letter + 1] != ' ' || !letter(bytes, letter)) {
        return -1;
      }
      message = tagEnd(bytes, letter + 2, to, false);
      parts.set(HeaderParts.PROCESS, bytes, at, process);
      parts.set(HeaderParts.THREAD, bytes, thread, threadEnd);
    } else {
      message = (at + 2 < to && bytes[at + 1] == '/') ? tag(bytes, at, to) : -1;
    }
    parts.time(time);
    return message;
  }

  /** {@code E/Tag( 1234): message}. */
  private int tag(byte[] bytes, int from, int to) {
    return letter(bytes, from) ? tagEnd(bytes, from + 2, to, true) : -1;
  }

  private int tagEnd(byte[] bytes, int from, int to, boolean process) {
    int colon = Bytes.indexOf(bytes, from, Math.min(to, from + LONGEST_TAG), (byte) ':');
    if (colon >= to || bytes[colon] != ':' || colon == from) {
      return -1;
    }
    int end = colon;
    if (process) {
      int open = Bytes.indexOf(bytes, from, colon, (byte) '(');
      int digits = LineScanner.skipBlanks(bytes, open + 1, colon);
      if (open >= colon
          || bytes[colon - 1] != ')'
          || !LineScanner.isNumber(bytes, digits, colon - 1)) {
        return -1;
      }
      parts.set(HeaderParts.PROCESS, bytes, digits, colon - 1);
      end = open;
    }
    parts.set(HeaderParts.LOGGER, bytes, from, end);
    return LineScanner.skipBlanks(bytes, colon + 1, to);
  }

  private int tornado(byte[] bytes, int from, int to) {
    if (bytes[from + 2] != ' ' || !letter(bytes, from + 1)) {
      return -1;
    }
    int at = times.read(bytes, from + 3, to);
    int close = (at < 0) ? to : Bytes.indexOf(bytes, at, to, (byte) ']');
    if (close >= to || close - at > LONGEST_TAG) {
      return -1;
    }
    parts.time(times.time());
    parts.set(HeaderParts.LOGGER, bytes, at, close);
    return LineScanner.skipBlanks(bytes, close + 1, to);
  }

  private int nagios(byte[] bytes, int from, int to) {
    int at = times.readEpoch(bytes, from + 1, to);
    if (at < 0 || at >= to || bytes[at] != ']') {
      return -1;
    }
    parts.time(times.time());
    return LineScanner.skipBlanks(bytes, at + 1, to);
  }

  private int squid(byte[] bytes, int from, int to) {
    int at = times.readEpoch(bytes, from, to);
    if (at < 0 || at >= to || (bytes[at] != ' ' && bytes[at] != '\t')) {
      return -1;
    }
    parts.time(times.time());
    return LineScanner.skipBlanks(bytes, at, to);
  }
}
