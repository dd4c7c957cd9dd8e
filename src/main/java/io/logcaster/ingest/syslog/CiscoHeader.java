package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;

/**
 * Reads the headers of Cisco systems, which begin with a number, an origin or a colon instead of
 * the time.
 *
 * <pre>
 * 2361044: router1: 000123: *Nov 29 10:00:00.663 UTC: %SYS-5-CONFIG_I: message     IOS
 * 45: 1w2d: %SYS-5-RESTART: message                                               IOS, time since start
 * : 2026 Nov 29 10:00:00 UTC: %ETHPORT-5-IF_UP: message                           NX-OS
 * 12: RP/0/RSP0/CPU0:Nov 29 10:00:00.123 UTC: config[65710]: %MGBL-SYS-5: message IOS XR
 * </pre>
 *
 * <p>The last number becomes the field {@code sequence}, the time since the start {@code uptime}.
 */
final class CiscoHeader {

  private static final int MAX_WORDS = 4;

  private static final int LONGEST_WORD = 64;

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final LocalTimes times;

  private final int sequence;

  private final int uptime;

  private int sequenceFrom;

  private int sequenceTo;

  private int originFrom;

  private int originTo;

  private int uptimeFrom;

  private int uptimeTo;

  CiscoHeader(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.times = out.times();
    this.sequence = builder.column("sequence");
    this.uptime = builder.column("uptime");
  }

  /** Returns where the message begins; -1 if there is no such header; nothing is set then. */
  int parse(byte[] bytes, int from, int to) {
    if (from >= to || (!Bytes.isDigit(bytes[from]) && bytes[from] != ':')) {
      return -1;
    }
    sequenceTo = 0;
    originTo = 0;
    uptimeTo = 0;
    int at = (bytes[from] == ':') ? BsdHeader.skipSpaces(bytes, from + 1, to) : from;
    for (int word = 0; word < MAX_WORDS && at < to; word++) {
      int end = times.read(bytes, at, to);
      if (end > 0 && times.isSure() && end < to && bytes[end] == ':' && at > from) {
        builder.time(times.time());
        return message(bytes, end + 1, to);
      }
      if (bytes[at] == '%' && at > from) {
        return message(bytes, at, to);
      }
      at = word(bytes, at, to);
      if (at < 0) {
        return -1;
      }
    }
    return -1;
  }

  /**
   * Records a word that ends in a colon and returns the index of the next word; -1 for other words.
   */
  private int word(byte[] bytes, int from, int to) {
    int most = Math.min(to, from + LONGEST_WORD);
    int end = Bytes.indexOf(bytes, from, most, (byte) ' ');
    int colon = end - 1;
    if (end == most) {
      return -1;
    }
    if (bytes[colon] != ':') {
      // IOS XR writes no space before the time.
      while (colon > from && bytes[colon] != ':') {
        colon--;
      }
      if (colon == from || !LocalTimes.isMonth(bytes, colon + 1, to)) {
        return -1;
      }
    }
    note(bytes, from, colon);
    return BsdHeader.skipSpaces(bytes, colon + 1, to);
  }

  private void note(byte[] bytes, int from, int to) {
    int digits = from;
    while (digits < to && Bytes.isDigit(bytes[digits])) {
      digits++;
    }
    if (digits == to) {
      if (to > from) {
        sequenceFrom = from;
        sequenceTo = to;
      }
    } else if (isUptime(bytes, from, to)) {
      uptimeFrom = from;
      uptimeTo = to;
    } else {
      originFrom = from;
      originTo = to;
    }
  }

  /** {@code 1w2d}, {@code 6d12h}, {@code 00:00:12}. */
  private static boolean isUptime(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!Bytes.isDigit(bytes[at]) && "ywdhms:.".indexOf(bytes[at]) < 0) {
        return false;
      }
    }
    return Bytes.isDigit(bytes[from]);
  }

  private int message(byte[] bytes, int from, int to) {
    if (sequenceTo > 0) {
      builder.value(sequence, bytes, sequenceFrom, sequenceTo);
    }
    if (originTo > 0) {
      builder.value(out.host(), bytes, originFrom, originTo);
    }
    if (uptimeTo > 0) {
      builder.value(uptime, bytes, uptimeFrom, uptimeTo);
    }
    return BsdHeader.skipSpaces(bytes, from, to);
  }
}
