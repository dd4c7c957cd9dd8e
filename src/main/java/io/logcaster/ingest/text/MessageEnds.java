package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the messages of a connection end: at a delimiter, or where syslog has none, before
 * the next message. Not thread-safe.
 */
final class MessageEnds {

  private static final int NO_DELIMITER = -1;

  /**
   * A message without delimiter that fits into a packet is whole when nothing follows it; a longer
   * one may be on its way.
   */
  private static final int SMALL = 1024;

  private int delimiter = NO_DELIMITER;

  /** Whether nothing stands between messages. */
  private boolean undelimited;

  /** Bytes of the current message that hold no delimiter, counted from its first. */
  private int scanned;

  /** Whether the message that is skipped is one of syslog, which may have more lines. */
  private boolean skippingSyslog;

  private boolean found;

  /** Goes on where another one stopped. */
  void continueAs(MessageEnds before) {
    delimiter = before.delimiter;
    undelimited = before.undelimited;
    skippingSyslog = before.skippingSyslog;
  }

  /** The delimiter of the connection; negative where none was seen yet. */
  int delimiter() {
    return delimiter;
  }

  void delimiter(int value) {
    delimiter = value;
  }

  /** How many bytes stand between a message and the next. */
  int width() {
    return undelimited ? 0 : 1;
  }

  /** Begins with the next message. */
  void begin() {
    scanned = 0;
  }

  /** Whether nothing of the current message was looked at yet. */
  boolean isAtBeginning() {
    return scanned == 0;
  }

  /** Says that the rest of a message is to be skipped. */
  void beginSkipping(byte first, @Nullable String protocol) {
    if (delimiter == NO_DELIMITER && !undelimited) {
      delimiter = '\n';
    }
    skippingSyslog = mayBeSyslog(first, protocol);
  }

  /** Whether the last {@link #skip} found the end. */
  boolean isFound() {
    return found;
  }

  /** Skips the rest of a cut message, as far as it is there; returns how far. */
  int skip(byte[] bytes, int from, int to, boolean quiet) {
    if (undelimited) {
      int head = SyslogHeads.next(bytes, from, to);
      found = head < to;
      int sure = Math.max(from, to - SyslogHeads.LENGTH);
      return found ? head : (sure > from) ? sure : -1;
    }
    int end = Bytes.indexOf(bytes, from, to, (byte) delimiter);
    while (end < to && skippingSyslog && delimiter == '\n') {
      Continuation next = Continuation.ofSyslog(bytes, end, to);
      if (next == Continuation.UNKNOWN && !quiet) {
        found = false;
        return (end > from) ? end : -1;
      }
      if (next != Continuation.YES) {
        break;
      }
      end = Bytes.indexOf(bytes, end + 1, to, (byte) '\n');
    }
    found = end < to;
    return found ? end + 1 : to;
  }

  private static boolean mayBeSyslog(byte first, @Nullable String protocol) {
    return first == '<' && (protocol == null || protocol.equals("syslog"));
  }

  /**
   * The delimiter that ends the message at a place, -1 when there is none yet.
   *
   * @param quiet whether nothing more came for a while
   * @param protocol what the sender is known to speak
   * @param limit the longest message
   */
  int find(byte[] bytes, int from, int to, boolean quiet, @Nullable String protocol, int limit) {
    if (!undelimited
        && delimiter == NO_DELIMITER
        && mayBeSyslog(bytes[from], protocol)
        && isUndelimited(bytes, from, to)) {
      undelimited = true;
      scanned = 0;
    }
    if (undelimited) {
      return nextHead(bytes, from, to, quiet);
    }
    int end;
    if (delimiter == NO_DELIMITER) {
      end = firstDelimiter(bytes, from, to, quiet, limit);
    } else {
      end = Bytes.indexOf(bytes, from + scanned, to, (byte) delimiter);
    }
    while (end < to && delimiter == '\n') {
      Continuation next = continuation(bytes, from, end, to, protocol);
      if (next == Continuation.UNKNOWN && !quiet) {
        scanned = end - from;
        return -1;
      }
      if (next != Continuation.YES) {
        return end;
      }
      end = Bytes.indexOf(bytes, end + 1, to, (byte) '\n');
    }
    if (end < to) {
      return end;
    }
    scanned = (delimiter == NO_DELIMITER) ? 0 : to - from;
    return -1;
  }

  private int nextHead(byte[] bytes, int from, int to, boolean quiet) {
    int head = SyslogHeads.next(bytes, from + Math.max(1, scanned - SyslogHeads.LENGTH), to);
    if (head == to) {
      scanned = to - from;
      return (quiet && scanned <= SMALL) ? to : -1;
    }
    return head;
  }

  /**
   * Whether messages follow each other without anything between them. A text may quote a message,
   * and one may end with a line feed of its own; the more frequent of both says which it is.
   */
  private static boolean isUndelimited(byte[] bytes, int from, int to) {
    int head = SyslogHeads.next(bytes, from + 1, to);
    if (head == to || bytes[head - 1] == '\n' || Bytes.indexOf(bytes, from, to, (byte) 0) < to) {
      return false;
    }
    int without = 0;
    while (head < to) {
      without += (bytes[head - 1] == '\n') ? 0 : 1;
      head = SyslogHeads.next(bytes, head + 1, to);
    }
    int line = Bytes.indexOf(bytes, from, to, (byte) '\n');
    while (line < to) {
      without -= (Continuation.ofSyslog(bytes, line, to) == Continuation.YES) ? 0 : 1;
      line = Bytes.indexOf(bytes, line + 1, to, (byte) '\n');
    }
    return without > 0;
  }

  private static Continuation continuation(
      byte[] bytes, int from, int end, int to, @Nullable String protocol) {
    if (mayBeSyslog(bytes[from], protocol)) {
      return Continuation.ofSyslog(bytes, end, to);
    }
    boolean json = bytes[from] == '{' && (protocol == null || protocol.equals("json"));
    return json ? Continuation.ofJson(bytes, from, end, to) : Continuation.NO;
  }

  /**
   * Decides the connection's delimiter. A line feed may also stand inside the first of messages
   * that end with NUL: it decides only where a new message or nothing follows it, or where no NUL
   * comes.
   */
  private int firstDelimiter(byte[] bytes, int from, int to, boolean quiet, int limit) {
    int end = Bytes.indexOfEither(bytes, from, to, (byte) '\n', (byte) 0);
    if (end == to) {
      return to;
    }
    if (bytes[end] == '\n') {
      byte first = bytes[from];
      boolean ends =
          first == '<'
              ? Continuation.ofSyslog(bytes, end, to) == Continuation.NO
              : first != '{' || end + 1 == to || bytes[end + 1] == first;
      if (!ends) {
        int nul = Bytes.indexOf(bytes, end + 1, to, (byte) 0);
        if (nul < to) {
          delimiter = 0;
          return nul;
        }
        // Who pauses inside a line has not ended the message, whichever delimiter it has.
        if ((!quiet || bytes[to - 1] != '\n') && to - from < limit) {
          return to;
        }
      }
      delimiter = '\n';
      return end;
    }
    delimiter = 0;
    return end;
  }
}
