package io.logcaster.ingest.docker;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.raw.RawParser;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes the lines of one container as records, as if they came from a log file of Kubernetes,
 * whose format has the same parts. The last record of each output waits for lines that belong to
 * it. Not thread-safe.
 */
final class ContainerRecords {

  private static final byte[] OUT = Bytes.ascii(" stdout F ");

  private static final byte[] ERR = Bytes.ascii(" stderr F ");

  /** The place of the tag in these, which is another for parts. */
  private static final int TAG = 8;

  private static final byte[] MESSAGE = utf8(Field.MESSAGE);

  /** How long to wait for the rest of a line. */
  private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Where the records are made, for a container. */
  @FunctionalInterface
  interface Maker {

    /**
     * @param stored the time up to which the container's log is stored
     */
    ContainerRecords make(RecordWriter out, Container container, long stored);
  }

  private final RecordWriter out;
  private final RecordBatchBuilder builder;
  private final RawParser parser;
  private final int event;
  private final int exitCode;
  private final int[] columns;
  private final byte[][] values;
  private final byte[] host;
  private final byte[] app;
  private final boolean joins;
  private final OpenRecord lastOut;
  private final OpenRecord lastErr;
  private final ByteBuilder line = new ByteBuilder(1024);
  private final ByteBuilder joined = new ByteBuilder(256);
  private boolean openOut;
  private boolean openErr;
  private long partNanos;
  private long written;

  /**
   * @param host the name of the daemon's machine
   * @param wait how long records wait for lines that belong to them; zero leaves lines apart
   * @param stored the time up to which the container's log is stored
   */
  ContainerRecords(
      RecordWriter out,
      Container container,
      String host,
      int maxRecordSize,
      Duration wait,
      long stored) {
    this.out = out;
    this.joins = wait.isPositive();
    this.lastOut = new OpenRecord(wait);
    this.lastErr = new OpenRecord(wait);
    this.written = stored;
    this.builder = out.builder();
    this.parser = new RawParser(out, maxRecordSize);
    this.event = builder.column("container.event");
    this.exitCode = builder.column("container.exit_code");
    this.host = utf8(host);
    this.app = utf8(container.app());
    this.columns = new int[container.labels().size() + 4];
    this.values = new byte[columns.length][];
    add(0, "container.id", container.shortId());
    add(1, "container.name", container.name());
    add(2, "container.image.name", container.image());
    add(3, "container.restarts", container.restarts() > 0 ? "" + container.restarts() : "");
    int next = 4;
    for (Map.Entry<String, String> label : container.labels().entrySet()) {
      add(next++, "container.label." + label.getKey(), label.getValue());
    }
  }

  private void add(int index, String name, String value) {
    columns[index] = builder.column(name);
    values[index] = utf8(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Takes a message; its line may continue in the next one, and its record in further lines.
   *
   * @param time its time in the log
   */
  void add(LogFrames message, long time) {
    boolean stderr = message.isStderr();
    OpenRecord last = stderr ? lastErr : lastOut;
    byte[] bytes = message.bytes();
    int blank = message.afterTime();
    int text = Math.min(blank + 1, message.length());
    boolean joinable = joins && !message.isPart() && !(stderr ? openErr : openOut);
    long now = System.nanoTime();
    if (joinable && last.take(bytes, text, message.length(), time, now)) {
      return;
    }
    write(last);
    OpenRecord other = stderr ? lastOut : lastErr;
    if (other.isOver(time)) {
      write(other);
    }
    line.truncate(0);
    line.append(bytes, 0, blank).append(stderr ? ERR : OUT);
    int from = line.length();
    line.append(bytes, text, message.length());
    if (joinable) {
      last.begin(line, from, time, now);
      return;
    }
    line.array()[blank + TAG] = (byte) (message.isPart() ? 'P' : 'F');
    open(stderr, message.isPart(), now);
    written = Math.max(written, time);
    if (parser.parse(line.array(), 0, line.length())) {
      end();
    }
  }

  private void open(boolean stderr, boolean part, long now) {
    if (part && !isOpen()) {
      partNanos = now;
    }
    if (stderr) {
      openErr = part;
    } else {
      openOut = part;
    }
  }

  /** Whether a line has come only in part. */
  boolean isOpen() {
    return openOut || openErr;
  }

  /**
   * Writes what has waited for long enough.
   *
   * @return whether what is written may be handed in, because everything else came later
   */
  boolean isReady() {
    long now = System.nanoTime();
    if (isOpen()) {
      if (now - partNanos < PART_NANOS) {
        return false;
      }
      finish();
    }
    OpenRecord first = earlier();
    OpenRecord second = first.equals(lastOut) ? lastErr : lastOut;
    if (first.isDue(now)) {
      write(first);
    }
    if (second.isDue(now)) {
      write(second);
    }
    return isWrittenBefore(Long.MAX_VALUE);
  }

  /** Whether everything written is of times before a message's, and before what waits. */
  boolean isWrittenBefore(long time) {
    return !isOpen()
        && written < Math.min(time, Math.min(lastOut.firstTime(), lastErr.firstTime()));
  }

  /** The last time of what is written. */
  long written() {
    return written;
  }

  /** Ends lines of which the last part is missing, and records that wait for lines. */
  void finish() {
    while (parser.finish()) {
      end();
    }
    openOut = false;
    openErr = false;
    writeWaiting();
  }

  /** Ends records that wait for lines. */
  void writeWaiting() {
    write(earlier());
    write(earlier());
  }

  /** The record that began first; an empty one if there is none. */
  private OpenRecord earlier() {
    return (lastOut.firstTime() <= lastErr.firstTime()) ? lastOut : lastErr;
  }

  private void write(OpenRecord record) {
    if (record.isEmpty()) {
      return;
    }
    ByteBuilder text = record.text();
    int first = record.firstEnd();
    // The first line alone says the fields.
    boolean whole = parser.parse(text.array(), 0, first);
    if (text.length() > first) {
      joined.truncate(0);
      builder.copyValue(MESSAGE, 0, MESSAGE.length, joined);
      joined.append(text.array(), first, text.length());
      builder.message(joined.array(), 0, joined.length());
    }
    written = Math.max(written, record.lastTime());
    record.clear();
    if (whole) {
      end();
    }
  }

  /**
   * Writes a record that the daemon's state gives reason to.
   *
   * @param name such as {@code start}
   * @param code an exit code; empty without one
   */
  void event(long time, int level, String name, String code, String message) {
    writeWaiting();
    written = Math.max(written, time);
    builder.time(time);
    out.level(level);
    byte[] text = utf8(message);
    builder.message(text, 0, text.length);
    builder.value(event, name);
    builder.value(exitCode, code);
    end();
  }

  private void end() {
    for (int i = 0; i < columns.length; i++) {
      builder.value(columns[i], values[i], 0, values[i].length);
    }
    if (!builder.has(out.host())) {
      builder.value(out.host(), host, 0, host.length);
    }
    if (!builder.has(out.app())) {
      builder.value(out.app(), app, 0, app.length);
    }
    out.end();
  }
}
