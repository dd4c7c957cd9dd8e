package io.logcaster.ingest.syslog;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;

/**
 * Finds the time and the host in firewall messages without a syslog header. The message itself is
 * not changed.
 *
 * <pre>
 * date=2026-11-29 time=10:00:00 devname="fw1" eventtime=1795946400123456789 tz="+0100" …   FortiGate
 * device="SFW" date=2026-11-29 time=10:00:00 timezone="CET" device_name="xg" …              Sophos
 * device_name="xg" timestamp="2026-11-29T10:00:00+0100" …                                   Sophos
 * 1,2026/11/29 10:00:00,0011C1,TRAFFIC,…                                                    Palo Alto
 * </pre>
 */
final class FirewallText {

  private static final byte[] DATE = Bytes.ascii("date=");

  private static final byte[] TIME = Bytes.ascii("time=");

  private static final byte[] DEVICE = Bytes.ascii("device");

  private static final byte[] TIMESTAMP = Bytes.ascii("timestamp=");

  private static final byte[] EVENT_TIME = Bytes.ascii("eventtime=");

  private static final byte[][] ZONES = {Bytes.ascii("tz="), Bytes.ascii("timezone=")};

  private static final byte[][] NAMES = {Bytes.ascii("devname="), Bytes.ascii("device_name=")};

  /** How many bytes to search: the time and the host are near the beginning. */
  private static final int WITHIN = 512;

  private static final int NONE = -1;

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final LocalTimes times;

  /** Longer than any date with its time and zone. */
  private final byte[] scratch = new byte[64];

  private int valueFrom;

  private int valueTo;

  FirewallText(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.times = out.times();
  }

  /** Sets the time and the host of the current record if the header did not. */
  void read(byte[] bytes, int from, int to) {
    if (builder.hasTime() || to - from < 24) {
      return;
    }
    if (Bytes.isDigit(bytes[from]) && bytes[from + 1] == ',') {
      int end = Bytes.indexOf(bytes, from + 2, to, (byte) ',');
      if (times.read(bytes, from + 2, end) == end && times.isSure()) {
        builder.time(times.time());
      }
      return;
    }
    if (!Bytes.startsWith(bytes, from, to, DATE) && !Bytes.startsWith(bytes, from, to, DEVICE)) {
      return;
    }
    int most = Math.min(to, from + WITHIN);
    long time = Timestamps.INVALID;
    if (find(bytes, from, most, EVENT_TIME) || find(bytes, from, most, TIMESTAMP)) {
      time = times.any(bytes, valueFrom, valueTo);
    }
    if (time == Timestamps.INVALID) {
      time = joined(bytes, from, most);
    }
    if (time == Timestamps.INVALID) {
      return;
    }
    builder.time(time);
    for (byte[] name : NAMES) {
      if (!builder.has(out.host()) && find(bytes, from, most, name)) {
        builder.value(out.host(), bytes, valueFrom, valueTo);
      }
    }
  }

  /** The time combined from the date, time and zone fields. */
  private long joined(byte[] bytes, int from, int to) {
    int length = find(bytes, from, to, DATE) ? append(bytes, 0) : NONE;
    length = (length != NONE && find(bytes, from, to, TIME)) ? append(bytes, length) : NONE;
    if (length == NONE) {
      return Timestamps.INVALID;
    }
    for (byte[] zone : ZONES) {
      if (find(bytes, from, to, zone)) {
        length = append(bytes, length);
        break;
      }
    }
    return (length == NONE) ? Timestamps.INVALID : times.any(scratch, 0, length);
  }

  /** Appends the value that was found; returns the new length, or {@link #NONE} without room. */
  private int append(byte[] bytes, int length) {
    int start = (length == 0) ? 0 : length + 1;
    int size = valueTo - valueFrom;
    if (start + size > scratch.length) {
      return NONE;
    }
    if (length > 0) {
      scratch[length] = ' ';
    }
    System.arraycopy(bytes, valueFrom, scratch, start, size);
    return start + size;
  }

  /** Finds the value of a key-value pair and leaves out its quotes. */
  private boolean find(byte[] bytes, int from, int to, byte[] name) {
    int at = from;
    while (at < to) {
      if (Bytes.startsWith(bytes, at, to, name)) {
        valueFrom = at + name.length;
        boolean quoted = valueFrom < to && bytes[valueFrom] == '"';
        valueFrom += quoted ? 1 : 0;
        valueTo = Bytes.indexOf(bytes, valueFrom, to, (byte) (quoted ? '"' : ' '));
        return valueTo > valueFrom && valueTo < to;
      }
      at = Bytes.indexOf(bytes, at, to, (byte) ' ') + 1;
    }
    return false;
  }
}
