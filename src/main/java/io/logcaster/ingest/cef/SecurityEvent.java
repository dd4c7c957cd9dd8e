package io.logcaster.ingest.cef;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;

/**
 * Reads messages of security devices.
 *
 * <pre>
 * CEF:0|Vendor|Product|Version|Event class|Name|Severity|src=10.0.0.1 msg=two words act=blocked
 * LEEF:1.0|Vendor|Product|Version|Event ID|src=10.0.0.1&lt;TAB&gt;sev=5
 * LEEF:2.0|Vendor|Product|Version|Event ID|^|src=10.0.0.1^sev=5
 * </pre>
 *
 * <p>The parts of the header become {@code deviceVendor}, {@code deviceProduct}, {@code
 * deviceVersion} and {@code deviceEventClassId} (LEEF's event ID, too), the extension's keys fields
 * of their names. The message is CEF's name, or LEEF's {@code msg}, or else its event ID.
 * Severities 0 to 3 are INFO, 4 to 6 WARN, 7 and 8 ERROR, 9 and 10 FATAL; {@code severity} and
 * {@code sev} keep the sender's spelling. {@code rt} and {@code devTime} set a time that the syslog
 * header lacks or has less precisely. Not thread-safe.
 *
 * @see <a
 *     href="https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/pdfdoc/cef-implementation-standard/cef-implementation-standard.pdf">ArcSight
 *     Common Event Format</a>
 * @see <a href="https://www.ibm.com/docs/en/dsm?topic=leef-overview">Log Event Extended Format</a>
 */
public final class SecurityEvent {

  private static final byte[] CEF = Bytes.ascii("CEF:");

  private static final byte[] LEEF = Bytes.ascii("LEEF:");

  private static final byte[] MSG = Bytes.ascii("msg");

  /** Names of the device's host, best first. */
  private static final String[] HOSTS = {"dvchost", "identHostName", "dvc"};

  /** Names of the event's time, best first. */
  private static final String[] TIMES = {"rt", "devTime", "end", "start"};

  /** A time in the event replaces that of the header only if it is about the same moment. */
  private static final long SAME_TIME = 60 * Timestamps.SECOND;

  private static final byte[] LOW = Bytes.ascii("low");

  private static final byte[] MEDIUM = Bytes.ascii("medium");

  private static final byte[] HIGH = Bytes.ascii("high");

  private static final byte[] VERY_HIGH = Bytes.ascii("very-high");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final EventText text = new EventText();

  private final int[] header;

  private final int severity;

  private final int sev;

  private final int[] hosts;

  private final int[] times;

  /** The best time so far, as an index in {@link #TIMES}. */
  private int timeRank;

  private int hostRank;

  /** Whether the event is CEF, not LEEF. */
  private boolean cef;

  private boolean hostGiven;

  private boolean appGiven;

  private boolean timeGiven;

  private long headerTime;

  /** The beginnings and ends of the header's parts. */
  private final int[] from = new int[7];

  private final int[] to = new int[7];

  /**
   * Creates a parser.
   *
   * @param out where the records go
   */
  public SecurityEvent(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.header = columns("deviceVendor", "deviceProduct", "deviceVersion", "deviceEventClassId");
    this.severity = builder.column("severity");
    this.sev = builder.column("sev");
    this.hosts = columns(HOSTS);
    this.times = columns(TIMES);
  }

  private int[] columns(String... names) {
    int[] columns = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = builder.column(names[i]);
    }
    return columns;
  }

  /**
   * Adds the parts of an event to the current record.
   *
   * @return false if the text is not an event; nothing is set then
   */
  public boolean read(byte[] bytes, int start, int end) {
    if (end - start < 6 || (bytes[start] != 'C' && bytes[start] != 'L')) {
      return false;
    }
    cef = Bytes.startsWith(bytes, start, end, CEF);
    if (!cef && !Bytes.startsWith(bytes, start, end, LEEF)) {
      return false;
    }
    int at = start + (cef ? CEF.length : LEEF.length);
    if (!Bytes.isDigit(bytes[at])) {
      return false;
    }
    int parts = cef ? 7 : 5;
    int extension = parts(bytes, at, end, parts);
    if (extension < 0) {
      builder.message(bytes, start, end);
      out.parseError(cef ? "cef: a header of fewer than 7 parts" : "leef: a header of fewer parts");
      return true;
    }
    begin();
    for (int i = 0; i < header.length; i++) {
      value(header[i], bytes, from[i + 1], to[i + 1]);
    }
    if (cef) {
      int message = text.unescape(bytes, from[5], to[5]);
      builder.message(text.bytes(), text.from(), message);
      level(severity, bytes, from[6], to[6]);
      spaced(bytes, extension, end);
    } else {
      builder.message(bytes, from[4], to[4]);
      leef(bytes, extension, end);
    }
    finish(bytes);
    return true;
  }

  /** Cuts the header; returns where the extension begins, -1 if parts are missing. */
  private int parts(byte[] bytes, int start, int end, int count) {
    int at = start;
    for (int i = 0; i < count; i++) {
      int bar = EventText.unescaped(bytes, at, end, (byte) '|');
      // Without an extension the last bar may be missing.
      if (bar == end && i < count - 1) {
        return -1;
      }
      from[i] = at;
      to[i] = bar;
      at = Math.min(bar + 1, end);
    }
    return at;
  }

  private void begin() {
    timeRank = TIMES.length;
    hostRank = HOSTS.length;
    hostGiven = builder.has(out.host());
    appGiven = builder.has(out.app());
    timeGiven = builder.hasTime();
    headerTime = timeGiven ? builder.time() : 0;
    builder.beginGroup();
  }

  private void value(int column, byte[] bytes, int start, int end) {
    int length = text.unescape(bytes, start, end);
    builder.add(column, text.bytes(), text.from(), length);
  }

  private void leef(byte[] bytes, int start, int end) {
    int at = start;
    byte delimiter = '\t';
    int bar = EventText.unescaped(bytes, at, Math.min(end, at + 5), (byte) '|');
    if (bytes[from[0]] == '2' && bar < end && bytes[bar] == '|') {
      int given = EventText.delimiter(bytes, at, bar);
      if (given >= 0) {
        delimiter = (byte) given;
        at = bar + 1;
      }
    }
    if (Bytes.indexOf(bytes, at, end, delimiter) == end
        && EventText.hasSpacedPairs(bytes, at, end)) {
      // Some devices separate the attributes by spaces.
      spaced(bytes, at, end);
      return;
    }
    while (at < end) {
      int stop = Bytes.indexOf(bytes, at, end, delimiter);
      int equals = Bytes.indexOf(bytes, at, stop, (byte) '=');
      if (equals > at && equals < stop) {
        pair(bytes, at, equals, equals + 1, stop);
      }
      at = stop + 1;
    }
  }

  /** Reads pairs whose values may have spaces; a value ends before the name of the next pair. */
  private void spaced(byte[] bytes, int start, int end) {
    int name = EventText.skipSpaces(bytes, start, end);
    int equals = EventText.nextEquals(bytes, name, end);
    while (equals < end) {
      int next = EventText.nextEquals(bytes, equals + 1, end);
      int nextName = (next < end) ? EventText.nameBefore(bytes, equals + 1, next) : end;
      pair(bytes, name, equals, equals + 1, EventText.trimmed(bytes, equals + 1, nextName));
      name = nextName;
      equals = next;
    }
  }

  private void pair(byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    int length = text.unescape(bytes, valueFrom, valueTo);
    byte[] value = text.bytes();
    int start = text.from();
    if (start == length) {
      return;
    }
    if (!cef && Bytes.equal(bytes, nameFrom, nameTo, MSG)) {
      builder.message(value, start, length);
      return;
    }
    int column = builder.column(bytes, nameFrom, nameTo);
    if (column == sev && !cef) {
      level(column, value, start, length);
      return;
    }
    builder.add(column, value, start, length);
    host(column, value, start, length);
    time(column, value, start, length);
  }

  private void host(int column, byte[] value, int start, int end) {
    for (int i = 0; i < hostRank && !hostGiven; i++) {
      if (column == hosts[i]) {
        builder.value(out.host(), value, start, end);
        hostRank = i;
      }
    }
  }

  private void time(int column, byte[] value, int start, int end) {
    for (int i = 0; i < timeRank; i++) {
      if (column == times[i]) {
        long time = out.times().any(value, start, end);
        boolean fits = !timeGiven || (i == 0 && Math.abs(time - headerTime) < SAME_TIME);
        if (time != Timestamps.INVALID && fits) {
          builder.time(time);
          timeRank = i;
        }
      }
    }
  }

  private void level(int column, byte[] bytes, int start, int end) {
    int number = severity(bytes, start, end);
    if (number != Severity.UNSET) {
      out.level(number);
      out.soleLevel();
    }
    builder.add(column, bytes, start, end);
  }

  private static int severity(byte[] bytes, int start, int end) {
    if (end - start >= 1 && end - start <= 2 && Bytes.isDigit(bytes[start])) {
      int number = Bytes.digits(bytes, start, end - start);
      if (number < 0 || number > 10) {
        return Severity.UNSET;
      }
      return (number < 4)
          ? Severity.INFO
          : (number < 7) ? Severity.WARN : (number < 9) ? Severity.ERROR : Severity.FATAL;
    }
    if (EventText.isWord(bytes, start, end, LOW)) {
      return Severity.INFO;
    }
    if (EventText.isWord(bytes, start, end, MEDIUM)) {
      return Severity.WARN;
    }
    if (EventText.isWord(bytes, start, end, HIGH)) {
      return Severity.ERROR;
    }
    return EventText.isWord(bytes, start, end, VERY_HIGH) ? Severity.FATAL : Severity.UNSET;
  }

  private void finish(byte[] bytes) {
    if (!appGiven) {
      int length = text.unescape(bytes, from[2], to[2]);
      builder.value(out.app(), text.bytes(), text.from(), length);
    }
  }
}
