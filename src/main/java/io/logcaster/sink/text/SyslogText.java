package io.logcaster.sink.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records as syslog messages of RFC 5424, with the time, the severity, {@code host}, {@code app},
 * {@code proc_id} and {@code msg_id} in the header, the other fields as structured data, and the
 * message. Names and values are shortened and escaped as the RFC asks. Line feeds in the message
 * stay: framing must not depend on them, or escape them.
 */
public final class SyslogText implements RecordText {

  /** The number that is reserved for examples (RFC 5612): LogCaster has none of its own. */
  private static final byte[] ELEMENT = ascii("[fields@32473");

  private static final Set<String> HEADER =
      Set.of("host", "app", "proc_id", "msg_id", "facility", "level", "level_original");

  private static final int MAX_NAME = 32;

  private final int facility;
  private final byte[] fallbackApp;
  private final List<Column> columns = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();
  private @Nullable RecordBatch batch;
  private long[] times = new long[0];

  /**
   * @param facility of all messages, 0 to 23
   * @param app the name of the sender of records that have none
   */
  public SyslogText(int facility, String app) {
    this.facility = facility;
    this.fallbackApp = ascii(app.isEmpty() ? "-" : app);
  }

  @Override
  public void begin(RecordBatch newBatch) {
    batch = newBatch;
    times = newBatch.times();
    columns.clear();
    keys.clear();
    for (String name : newBatch.fieldNames()) {
      if (!HEADER.contains(name)) {
        columns.add(newBatch.column(name));
        keys.add(key(name));
      }
    }
  }

  private static byte[] key(String name) {
    String safe = name.replaceAll("[^!-~]|[=\\]\"]", "_");
    return ascii(" " + safe.substring(0, Math.min(MAX_NAME, safe.length())) + "=\"");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void row(int row, ByteBuilder target) {
    RecordBatch current = batch;
    if (current == null) {
      throw new IllegalStateException("begin(batch) comes before row(row)");
    }
    target.append(ascii("<" + (facility * 8 + severity(current.severity(row))) + ">1 "));
    int at = target.reserve(Timestamps.MAX_LENGTH);
    target.advance(time(times[row], target.array(), at) - at);
    header(current.column("host"), row, 255, null, target);
    header(current.column("app"), row, 48, fallbackApp, target);
    header(current.column("proc_id"), row, 128, null, target);
    header(current.column("msg_id"), row, 32, null, target);
    target.append((byte) ' ');
    structured(row, target);
    Column message = current.column(Field.MESSAGE);
    if (!message.isEmpty(row)) {
      target.append((byte) ' ');
      target.append(message.bytes(), message.start(row), message.end(row));
    }
  }

  /** The RFC allows six digits of a second. */
  private static int time(long nanos, byte[] target, int at) {
    return Timestamps.format(nanos - Math.floorMod(nanos, 1_000), target, at);
  }

  private static void header(
      Column column, int row, int longest, byte @Nullable [] fallback, ByteBuilder target) {
    target.append((byte) ' ');
    int start = column.start(row);
    int end = Math.min(column.end(row), start + longest);
    if (start == end) {
      target.append(fallback == null ? new byte[] {'-'} : fallback);
      return;
    }
    byte[] bytes = column.bytes();
    for (int i = start; i < end; i++) {
      target.append((bytes[i] > ' ' && bytes[i] < 0x7f) ? bytes[i] : (byte) '_');
    }
  }

  private void structured(int row, ByteBuilder target) {
    boolean isOpen = false;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.isEmpty(row)) {
        continue;
      }
      if (!isOpen) {
        target.append(ELEMENT);
        isOpen = true;
      }
      target.append(keys.get(i));
      byte[] bytes = column.bytes();
      for (int at = column.start(row); at < column.end(row); at++) {
        if (bytes[at] == '"' || bytes[at] == '\\' || bytes[at] == ']') {
          target.append((byte) '\\');
        }
        target.append(bytes[at]);
      }
      target.append((byte) '"');
    }
    target.append((byte) (isOpen ? ']' : '-'));
  }

  /** The severity of RFC 5424 for one of OpenTelemetry; 6, informational, if it is unknown. */
  public static int severity(int number) {
    if (number == 19 || number == 20) {
      return 1;
    }
    if (number >= 18) {
      return 2; // an application's FATAL is no emergency of the whole system
    }
    if (number == 17) {
      return 3;
    }
    if (number >= 13) {
      return 4;
    }
    if (number >= 10) {
      return 5;
    }
    return (number == 9 || number == 0) ? 6 : 7;
  }
}
