package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.cef.SecurityEvent;
import io.logcaster.ingest.json.JsonLine;
import io.logcaster.ingest.json.Logfmt;
import io.logcaster.ingest.syslog.BsdHeader;
import io.logcaster.ingest.syslog.SyslogParser;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.logcaster.record.Timestamps;

/**
 * Reads plain lines. A recognised header is parsed into fields; otherwise the whole line is the
 * message.
 *
 * <p>Stack trace lines and other indented lines remain separate records. They inherit the time and
 * the level of the preceding line with a header, so that the lines of an event stay together. The
 * wrapper of a container runtime is removed, see {@link ContainerLine}. Not thread-safe.
 */
public final class RawParser {

  /**
   * The lines of one event arrive together; a line that arrives later than this does not belong to
   * the previous event.
   */
  private static final long MAX_EVENT_GAP = 5 * Timestamps.SECOND;

  /** How many bytes to search for the first colour code of a header. */
  private static final int COLOURS_WITHIN = 64;

  /**
   * If a program's own time differs from that of its container runtime by more than this, it lacks
   * its zone.
   */
  private static final long SAME_TIME = 60 * Timestamps.SECOND;

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final LocalTimes times;

  private final LineHeader head;

  private final Logfmt logfmt;

  private final BsdHeader bsd;

  private final UncolouredLine colours = new UncolouredLine();

  private final ContainerLine container;

  private final JsonLine jsonLine;

  private final JsonLine cookieLine;

  private final SecurityEvent securityEvent;

  private final int stream;

  /** The time and level of the last line with a time, and when it arrived. */
  private boolean eventKnown;

  private long eventTime;

  private int eventSeverity;

  private long eventCame;

  /**
   * Creates a parser.
   *
   * @param out where the records go
   * @param maxValue the length in bytes at which JSON values and lines joined from parts are cut
   */
  public RawParser(RecordWriter out, int maxValue) {
    this.out = out;
    this.builder = out.builder();
    this.times = out.times();
    this.head = new LineHeader(out);
    this.logfmt = Logfmt.ofLines(out);
    this.bsd = new BsdHeader(out);
    this.container = new ContainerLine(times, maxValue);
    this.jsonLine = JsonLine.withoutTime(out, maxValue);
    this.cookieLine = JsonLine.ofLines(out, maxValue);
    this.securityEvent = new SecurityEvent(out);
    this.stream = builder.column("stream");
  }

  /** Takes over the state of another parser. */
  public void continueAs(RawParser before) {
    container.continueAs(before.container);
    eventKnown = before.eventKnown;
    eventTime = before.eventTime;
    eventSeverity = before.eventSeverity;
    eventCame = before.eventCame;
  }

  /** How many bytes are held in addition to the records. */
  public int memoryBytes() {
    return container.memoryBytes() + colours.memoryBytes();
  }

  /** Forgets the last event, before lines of another sender or a separate text. */
  public void forget() {
    eventKnown = false;
  }

  /**
   * Sets the current record from a line, without ending it.
   *
   * @return whether there is a record; false if the line will be continued
   */
  public boolean parse(byte[] bytes, int from, int to) {
    int start = container.parse(bytes, from, to);
    if (start < 0) {
      line(bytes, from, to);
      return true;
    }
    if (ContainerLine.isPart(bytes, start)) {
      container.keep(bytes, start, to);
      return false;
    }
    if (container.hasParts()) {
      container.keep(bytes, start, to);
      joined();
      return true;
    }
    unwrapped(bytes, start, to);
    return true;
  }

  /**
   * Sets the current record from the parts of an incomplete line, without ending the record. Call
   * it again until there are no more: each output of a container may have such a line.
   *
   * @return whether there were any parts
   */
  public boolean finish() {
    if (!container.selectParts()) {
      return false;
    }
    joined();
    return true;
  }

  private void joined() {
    if (container.takeCut()) {
      out.cut();
    }
    unwrapped(container.joined(), 0, container.takeLength());
  }

  /** Reads a line as the container wrote it. */
  private void unwrapped(byte[] bytes, int from, int to) {
    long time = container.time();
    boolean json = JsonLine.mayBe(bytes, from, to) && jsonLine.read(bytes, from, to);
    if (!json && from < to) {
      line(bytes, from, to);
    }
    if (json || !builder.hasTime() || Math.abs(builder.time() - time) > SAME_TIME) {
      builder.time(time);
    }
    if (!json && !eventKnown) {
      event();
    }
    builder.value(stream, container.stream(), 0, container.stream().length);
  }

  private void line(byte[] bytes, int from, int to) {
    line(bytes, from, to, true);
  }

  private void line(byte[] bytes, int from, int to, boolean mayBeJson) {
    if (logfmt.parse(bytes, from, to)) {
      eventKnown = false;
      return;
    }
    int message;
    boolean coloured =
        Bytes.indexOf(bytes, from, Math.min(to, from + COLOURS_WITHIN), UncolouredLine.ESCAPE)
            < Math.min(to, from + COLOURS_WITHIN);
    if (coloured) {
      colours.remove(bytes, from, to);
      message = (colours.length() == 0) ? -1 : head(colours.bytes(), 0, colours.length());
      message = (message < 0) ? -1 : UncolouredLine.original(bytes, from, to, message);
    } else {
      message = head(bytes, from, to);
    }
    if (builder.hasTime()) {
      event();
    } else if (belongsToEvent(bytes, from, to, message)) {
      builder.time(eventTime);
      if (eventSeverity != Severity.UNSET && builder.severity() == Severity.UNSET) {
        out.level(eventSeverity);
      }
    } else {
      eventKnown = false;
    }
    // If a line consists only of a time, the time is the message.
    boolean empty = message >= to && builder.severity() == Severity.UNSET;
    int start = (message < 0 || empty) ? from : message;
    int announced = SyslogParser.afterCookie(bytes, start, to);
    if (mayBeJson && announced >= 0 && JsonLine.mayBe(bytes, announced, to)) {
      JsonLine reader = builder.hasTime() ? jsonLine : cookieLine;
      if (!reader.read(bytes, announced, to, true)) {
        // The header was rolled back with it and is read again.
        line(bytes, from, to, false);
      }
    } else if (!securityEvent.read(bytes, start, to)) {
      builder.message(bytes, start, to);
    }
  }

  private int head(byte[] bytes, int from, int to) {
    if (isSyslog(bytes, from, to)) {
      int message = bsd.parseLine(bytes, from, to);
      if (message >= 0) {
        return message;
      }
    }
    return head.parse(bytes, from, to);
  }

  /**
   * Whether a line begins like {@code Nov 29 10:00:00}, which a host name follows; other dates have
   * commas.
   */
  private static boolean isSyslog(byte[] bytes, int from, int to) {
    return to - from > 15
        && LocalTimes.isMonth(bytes, from, to)
        && bytes[from + 3] == ' '
        && bytes[from + 5] != ','
        && bytes[from + 6] != ',';
  }

  private void event() {
    eventKnown = true;
    eventTime = builder.time();
    eventSeverity = builder.severity();
    eventCame = times.now();
  }

  /**
   * Whether a line belongs to the last event. A line may have only a level, as in the second line
   * that java.util.logging writes.
   */
  private boolean belongsToEvent(byte[] bytes, int from, int to, int message) {
    if (!eventKnown || times.now() - eventCame > MAX_EVENT_GAP) {
      return false;
    }
    return (message < 0)
        ? TraceLine.is(bytes, from, to)
        : head.isOnlyLevel() && eventSeverity == Severity.UNSET;
  }
}
