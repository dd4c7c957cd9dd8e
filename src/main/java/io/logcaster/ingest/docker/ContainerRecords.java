package io.logcaster.ingest.docker;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.raw.RawParser;
import io.logcaster.record.RecordBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the lines of one container as records, as if they came from a log file of Kubernetes,
 * whose format has the same parts. Not thread-safe.
 */
final class ContainerRecords {

  private static final byte[] OUT = Bytes.ascii(" stdout F ");

  private static final byte[] ERR = Bytes.ascii(" stderr F ");

  /** The place of the tag in these, which is another for parts. */
  private static final int TAG = 8;

  private final RecordWriter out;
  private final RecordBatchBuilder builder;
  private final RawParser parser;
  private final int event;
  private final int exitCode;
  private final int[] columns;
  private final byte[][] values;
  private final byte[] host;
  private final byte[] app;
  private byte[] line = new byte[1024];
  private boolean openOut;
  private boolean openErr;

  /**
   * @param host the name of the daemon's machine
   */
  ContainerRecords(RecordWriter out, Container container, String host, int maxRecordSize) {
    this.out = out;
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

  /** Writes a message; its line may continue in the next one. */
  void add(LogFrames message) {
    byte[] bytes = message.bytes();
    int blank = message.afterTime();
    int text = Math.min(blank + 1, message.length());
    byte[] middle = message.isStderr() ? ERR : OUT;
    int length = blank + middle.length + message.length() - text;
    if (line.length < length) {
      line = new byte[length * 2];
    }
    System.arraycopy(bytes, 0, line, 0, blank);
    System.arraycopy(middle, 0, line, blank, middle.length);
    line[blank + TAG] = (byte) (message.isPart() ? 'P' : 'F');
    System.arraycopy(bytes, text, line, blank + middle.length, message.length() - text);
    if (message.isStderr()) {
      openErr = message.isPart();
    } else {
      openOut = message.isPart();
    }
    if (parser.parse(line, 0, length)) {
      end();
    }
  }

  /** Whether a line has come only in part. */
  boolean isOpen() {
    return openOut || openErr;
  }

  /** Ends lines of which the last part is missing. */
  void finish() {
    while (parser.finish()) {
      end();
    }
    openOut = false;
    openErr = false;
  }

  /**
   * Writes a record that the daemon's state gives reason to.
   *
   * @param name such as {@code start}
   * @param code an exit code; empty without one
   */
  void event(long time, int level, String name, String code, String message) {
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
