package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.syslog.SyslogParser;

/**
 * Finds where messages with octet counts end. Some senders count characters instead, or a line feed
 * that they do not send. A count is trusted if a message, a delimiter or nothing follows; otherwise
 * the message ends at the next count before a priority. If a message ends in digits, which may
 * belong to the next count, the split is chosen whose count leads to another message. Not
 * thread-safe.
 */
final class CountedFrames {

  /** More bytes are needed to tell. */
  static final int WAIT = -1;

  /** The count is plausible and above the limit. */
  static final int OVERSIZE = -2;

  /** By how much a count may miss the next message and still win over another reading. */
  private static final int TOLERANCE = 8;

  private final int limit;

  private long wrong;

  /**
   * @param limit the longest message
   */
  CountedFrames(int limit) {
    this.limit = limit;
  }

  /** Returns and resets the number of wrong counts. */
  long takeWrong() {
    long count = wrong;
    wrong = 0;
    return count;
  }

  private int wrong(int end) {
    wrong++;
    return end;
  }

  /**
   * The end of a message.
   *
   * @param start where it begins, after its count
   * @param quiet whether the sender has paused
   */
  int end(byte[] bytes, int start, int count, int to, boolean quiet) {
    if (count > limit || start + count > to) {
      boolean enough = to - start > limit;
      if (!enough && !quiet) {
        return WAIT;
      }
      int window = Math.min(to, start + limit);
      int head = head(bytes, start, window, quiet, true);
      if (head != window) {
        return (head == WAIT) ? WAIT : wrong(head);
      }
      return (count > limit && enough) ? OVERSIZE : WAIT;
    }
    int end = start + count;
    int next = follower(bytes, end, to);
    if (next < 0) {
      return (quiet && end == to) ? end : WAIT;
    }
    if (next > 0
        && OctetCount.nextMessage(bytes, Math.max(start + 1, end - 2), Math.min(to, end + 5), false)
            == end) {
      // The count includes that of the next message.
      int head = best(bytes, start, end, to, quiet, -1);
      return (head == WAIT) ? WAIT : wrong(head);
    }
    if (next > 0) {
      boolean plain = !Bytes.isDigit(bytes[end]) || !Bytes.isDigit(bytes[end - 1]);
      return plain ? end : split(bytes, start, end, to, quiet);
    }
    int window = Math.min(to, start + limit);
    int head = head(bytes, start, window, quiet, false);
    if (head == WAIT || (head == window && !quiet && to - start < limit)) {
      return WAIT;
    }
    if (head < window) {
      return wrong(head);
    }
    return wrong(to - start < limit ? Bytes.indexOf(bytes, end, to, (byte) '\n') : end);
  }

  /** Whether a message may end before a place: positive for yes, 0 for no, -1 for not known yet. */
  private static int follower(byte[] bytes, int at, int to) {
    if (at >= to) {
      return -1;
    }
    byte b = bytes[at];
    if (b == '\n' || b == '\r' || b == 0) {
      return 1;
    }
    if (b == '<') {
      if (SyslogParser.skipPriority(bytes, at, to) > 0) {
        return 1;
      }
      return OctetCount.mayBePriority(bytes, at, to) ? -1 : 0;
    }
    return OctetCount.at(bytes, at, to);
  }

  /**
   * Where a message with a count begins in a range, by its first digit.
   *
   * @return {@code to} if there is none
   */
  int next(byte[] bytes, int from, int to) {
    return next(bytes, from, to, false);
  }

  /** The same for messages with a date, which texts do not quote as easily. */
  int nextDated(byte[] bytes, int from, int to) {
    return next(bytes, from, to, true);
  }

  private int next(byte[] bytes, int from, int to, boolean dated) {
    int message = OctetCount.nextMessage(bytes, from, to, dated);
    int least = Math.max(from, message - 1 - OctetCount.MAX_DIGITS);
    return (message == to) ? to : wrong(OctetCount.firstDigit(bytes, message - 1, least));
  }

  /** The index of the next count; {@code to} if there is none. */
  private int head(byte[] bytes, int start, int to, boolean quiet, boolean dated) {
    int message = OctetCount.nextMessage(bytes, start + 1, to, dated);
    return (message == to) ? to : best(bytes, start, message, to, quiet, -1);
  }

  /** Chooses where a message ends whose digits at the end run into the next count. */
  private int split(byte[] bytes, int start, int end, int to, boolean quiet) {
    int message = OctetCount.after(bytes, end);
    int head = best(bytes, start, message, to, quiet, end);
    return (head == WAIT || head == end) ? head : wrong(head);
  }

  /**
   * Of the digits before a message, those that count it.
   *
   * @param believed what to take where nothing speaks for one of them, and first of all; -1 for all
   *     digits
   */
  private int best(byte[] bytes, int start, int message, int to, boolean quiet, int believed) {
    int first = OctetCount.firstDigit(bytes, message - 1, start + 1);
    int best = believed;
    int miss = TOLERANCE + 1;
    for (int at = (believed < 0) ? first : first - 1; at < message - 1; at++) {
      int from = (at < first) ? believed : at;
      int count = OctetCount.at(bytes, from, to);
      if (count <= 0) {
        continue;
      }
      best = (best < 0) ? from : best;
      int landing = message + count;
      int needed = landing + TOLERANCE + OctetCount.LENGTH;
      if (needed - start > limit) {
        continue;
      }
      if (needed > to && !quiet) {
        return WAIT;
      }
      int off = distance(bytes, message, landing, to);
      if (off < miss) {
        miss = off;
        best = from;
      }
    }
    return (best < 0) ? first : best;
  }

  /** How far from where a count leads the next message or the end is, as far as it matters. */
  private static int distance(byte[] bytes, int message, int landing, int to) {
    int distance = Math.abs(to - landing);
    int end = Math.min(to, landing + TOLERANCE + OctetCount.LENGTH);
    int next = OctetCount.nextMessage(bytes, message + 1, end, false);
    return (next < end)
        ? Math.abs(OctetCount.firstDigit(bytes, next - 1, message + 1) - landing)
        : distance;
  }
}
