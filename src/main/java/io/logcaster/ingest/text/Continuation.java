package io.logcaster.ingest.text;

import io.logcaster.ingest.syslog.SyslogParser;

/**
 * Whether a message continues after a line feed. Many loggers send messages of several lines, such
 * as stack traces, unescaped, and JSON with line breaks between its parts; such lines form one
 * message if they can be distinguished from the next message.
 */
enum Continuation {
  /** The line feed ends the message. */
  NO,

  /** The message continues. */
  YES,

  /** That depends on bytes that did not come yet. */
  UNKNOWN;

  /**
   * How many line feeds and returns to pass to the next line; behind more of them none continues a
   * message. What decides must fit into {@link TextDecoder#FRAME_ROOM}.
   */
  private static final int MAX_BLANK = 16;

  /** The longest beginning that is looked at: {@code <191>}. */
  private static final int PRIORITY_LENGTH = 5;

  /**
   * Whether a syslog message continues: if neither a priority, nor an octet count with one, nor a
   * line of JSON follows.
   *
   * @param at the index of the line feed
   */
  static Continuation ofSyslog(byte[] bytes, int at, int to) {
    int reach = Math.min(to, at + 1 + MAX_BLANK);
    int next = skipLineFeeds(bytes, at + 1, reach);
    if (next == reach) {
      return (reach < at + 1 + MAX_BLANK) ? UNKNOWN : NO;
    }
    byte first = bytes[next];
    if (first == '<') {
      if (SyslogParser.skipPriority(bytes, next, to) > 0) {
        return NO;
      }
      return (to - next < PRIORITY_LENGTH) ? UNKNOWN : YES;
    }
    if (first == '{') {
      return (next + 1 == to) ? UNKNOWN : bytes[next + 1] == '"' ? NO : YES;
    }
    int count = OctetCount.at(bytes, next, to);
    return (count == 0) ? YES : (count > 0) ? NO : UNKNOWN;
  }

  /**
   * Whether unclosed JSON continues: if its first line ends in an opening bracket or a comma, and
   * the next one begins like a part of an object.
   *
   * @param from where the object begins
   * @param at the index of the line feed
   * @param first whether that is the first in the object
   */
  static Continuation ofJson(byte[] bytes, int from, int at, int to, boolean first) {
    if (first && !isOpen(bytes, from, at)) {
      return NO;
    }
    if (at + 1 == to) {
      return UNKNOWN;
    }
    return switch (bytes[at + 1]) {
      case ' ', '\t', '\r', '"', '}', ']' -> YES;
      default -> NO;
    };
  }

  private static boolean isOpen(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
      end--;
    }
    byte last = bytes[end - 1];
    return last == '{' || last == '[' || last == ',';
  }

  static int skipLineFeeds(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }
}
