package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;

/**
 * Finds where the messages of a connection end: at a delimiter or, if a sender of syslog uses none,
 * before the next message. Not thread-safe.
 */
final class MessageEnds {

  private static final int NO_DELIMITER = -1;

  /**
   * An undelimited message that fits into a packet is complete if nothing follows; of a longer one
   * the rest may be on its way.
   */
  private static final int SMALL = 1024;

  private int delimiter = NO_DELIMITER;

  /** Whether messages follow each other without delimiter. */
  private boolean undelimited;

  /** How many bytes of the current message are known to hold no delimiter. */
  private int scanned;

  /** Whether the skipped message is syslog, which may have several lines. */
  private boolean skippingSyslog;

  private boolean found;

  private boolean endUnknown;

  /** Continues where another one stopped. */
  void continueAs(MessageEnds before) {
    delimiter = before.delimiter;
    undelimited = before.undelimited;
    skippingSyslog = before.skippingSyslog;
  }

  /** The delimiter of the connection; negative while it is unknown. */
  int delimiter() {
    return delimiter;
  }

  void delimiter(int value) {
    delimiter = value;
  }

  /** Whether the delimiter is unknown. */
  boolean isUndecided() {
    return delimiter == NO_DELIMITER;
  }

  /** Takes the first delimiter as that of the connection. */
  void decide(byte seen) {
    if (isUndecided() && !undelimited) {
      delimiter = seen;
    }
  }

  /** How many bytes separate two messages. */
  int width() {
    return undelimited ? 0 : 1;
  }

  /** Begins with the next message. */
  void begin() {
    scanned = 0;
  }

  /** Whether the current message was not searched yet. */
  boolean isAtBeginning() {
    return scanned == 0;
  }

  /** Whether the last {@link #find} found a possible end that depends on the next bytes. */
  boolean isEndUnknown() {
    return endUnknown;
  }

  /** Begins to skip the rest of a message. */
  void beginSkipping(byte first, TextProtocol protocol) {
    skippingSyslog = protocol.maySyslogBegin(first);
  }

  /** Whether the last {@link #skip} found the end. */
  boolean isFound() {
    return found;
  }

  /** Skips what there is of the rest of a cut message; returns the index after it. */
  int skip(byte[] bytes, int from, int to, boolean quiet) {
    if (undelimited) {
      int head = SyslogHeads.next(bytes, from, to);
      found = head < to;
      int sure = Math.max(from, to - SyslogHeads.LENGTH);
      return found ? head : (sure > from) ? sure : -1;
    }
    int end = nextDelimiter(bytes, from, to);
    if (end < to) {
      decide(bytes[end]);
    }
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

  /** The first delimiter of a range, or either delimiter while it is unknown. */
  int nextDelimiter(byte[] bytes, int from, int to) {
    return isUndecided()
        ? Bytes.indexOfEither(bytes, from, to, (byte) '\n', (byte) 0)
        : Bytes.indexOf(bytes, from, to, (byte) delimiter);
  }

  /**
   * Finds the delimiter that ends a message; returns -1 if there is none up to its limit, or none
   * yet.
   *
   * @param quiet whether the sender has paused
   * @param protocol what the sender speaks
   * @param limit the longest message
   */
  int find(byte[] bytes, int from, int to, boolean quiet, TextProtocol protocol, int limit) {
    endUnknown = false;
    if (!undelimited
        && delimiter == NO_DELIMITER
        && protocol.maySyslogBegin(bytes[from])
        && quotesOrFollows(bytes, from, to)) {
      if (!quiet && to - from < limit) {
        return -1;
      }
      undelimited = isUndelimited(bytes, from, Math.min(to, from + limit));
      scanned = 0;
    }
    if (undelimited) {
      return nextHead(bytes, from, to, quiet, limit);
    }
    int reach = Math.min(to, from + limit + 1);
    int end;
    if (delimiter == NO_DELIMITER) {
      end = firstDelimiter(bytes, from, to, quiet, limit);
    } else {
      end = Bytes.indexOf(bytes, from + scanned, reach, (byte) delimiter);
    }
    while (end < reach && delimiter == '\n') {
      Continuation next = continuation(bytes, from, end, to, protocol);
      if (next == Continuation.UNKNOWN && !quiet) {
        scanned = end - from;
        endUnknown = true;
        return -1;
      }
      if (next != Continuation.YES) {
        return end;
      }
      end = Bytes.indexOf(bytes, end + 1, reach, (byte) '\n');
    }
    if (end < reach) {
      return end;
    }
    scanned = (delimiter == NO_DELIMITER) ? 0 : reach - from;
    return -1;
  }

  /** The same for the rest of a line, whatever the next one is. */
  int findLine(byte[] bytes, int from, int to, boolean quiet, int limit) {
    endUnknown = false;
    if (undelimited) {
      return nextHead(bytes, from, to, quiet, limit);
    }
    int reach = Math.min(to, from + limit + 1);
    int end = nextDelimiter(bytes, from + scanned, reach);
    if (end < reach) {
      decide(bytes[end]);
      return end;
    }
    scanned = reach - from;
    return -1;
  }

  private int nextHead(byte[] bytes, int from, int to, boolean quiet, int limit) {
    int head = SyslogHeads.next(bytes, from + Math.max(1, scanned - SyslogHeads.LENGTH), to);
    if (head < to && head - from <= limit) {
      return head;
    }
    scanned = to - from;
    endUnknown = !quiet && head == to && scanned < limit + SyslogHeads.LENGTH;
    return (quiet && scanned <= Math.min(SMALL, limit)) ? to : -1;
  }

  /**
   * Whether messages follow each other without delimiter. A text may quote a message, and a message
   * may end with a line feed of its own; the more frequent case decides.
   */
  private static boolean isUndelimited(byte[] bytes, int from, int to) {
    if (Bytes.indexOf(bytes, from, to, (byte) 0) < to) {
      return false;
    }
    int head = SyslogHeads.next(bytes, from + 1, to);
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

  /** Whether the first message quotes another one, or is followed by one without delimiter. */
  private static boolean quotesOrFollows(byte[] bytes, int from, int to) {
    int head = SyslogHeads.next(bytes, from + 1, to);
    if (head == to || bytes[head - 1] == '\n') {
      return false;
    }
    int end = Bytes.indexOfEither(bytes, from, head, (byte) '\n', (byte) 0);
    while (end < head
        && bytes[end] == '\n'
        && Continuation.ofSyslog(bytes, end, to) == Continuation.YES) {
      end = Bytes.indexOfEither(bytes, end + 1, head, (byte) '\n', (byte) 0);
    }
    return end == head;
  }

  private static Continuation continuation(
      byte[] bytes, int from, int end, int to, TextProtocol protocol) {
    if (protocol.maySyslogBegin(bytes[from])) {
      return Continuation.ofSyslog(bytes, end, to);
    }
    return Continuation.NO;
  }

  /**
   * Decides the connection's delimiter. A line feed may also stand inside the first of messages
   * that end with NUL: it decides only where a new message or nothing follows it, or where no NUL
   * comes.
   */
  private int firstDelimiter(byte[] bytes, int from, int to, boolean quiet, int limit) {
    int end = Bytes.indexOfEither(bytes, from, to, (byte) '\n', (byte) 0);
    if (end == to || end - from > limit) {
      return to; // after a message that is cut, skipping finds it
    }
    if (bytes[end] == '\n') {
      byte first = bytes[from];
      boolean ends = first != '<' || Continuation.ofSyslog(bytes, end, to) == Continuation.NO;
      if (!ends) {
        int window = Math.min(to, from + limit);
        int nul = Bytes.indexOf(bytes, Math.min(end + 1, window), window, (byte) 0);
        if (nul < window) {
          delimiter = 0;
          return nul;
        }
        // A pause within a line does not end the message, whatever the delimiter is.
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
