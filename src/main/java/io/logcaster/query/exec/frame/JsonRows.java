package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes JSON (RFC 8259) out of UTF-8. */
public final class JsonText {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  /** Appends a string. */
  public static void quote(byte[] bytes, int from, int to, ByteBuilder target) {
    target.append('"');
    int start = from;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
        target.append(bytes, start, i);
        escape(b, target);
        start = i + 1;
      }
    }
    target.append(bytes, start, to).append('"');
  }

  /** Appends a string. */
  public static void quote(String text, ByteBuilder target) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    quote(bytes, 0, bytes.length, target);
  }

  private static void escape(byte b, ByteBuilder target) {
    target.append('\\');
    switch (b) {
      case '"', '\\' -> target.append(b);
      case '\n' -> target.append('n');
      case '\r' -> target.append('r');
      case '\t' -> target.append('t');
      case '\b' -> target.append('b');
      case '\f' -> target.append('f');
      default -> target.append('u').append('0').append('0').append(HEX[b >> 4]).append(HEX[b & 15]);
    }
  }

  /** Appends the non-empty fields of a row as an object. */
  public static void row(Frame frame, List<String> names, int row, ByteBuilder target) {
    target.append('{');
    int start = target.length();
    for (String name : names) {
      Column column = frame.column(name);
      int from = column.start(row);
      int to = column.end(row);
      if (from < to) {
        if (target.length() > start) {
          target.append(',');
        }
        quote(name, target);
        target.append(':');
        quote(column.bytes(), from, to, target);
      }
    }
    target.append('}');
  }

  /**
   * Appends selected rows as objects, one a line. Rows without a value are left out.
   *
   * @param byName whether fields come by name, not in the order of the frame
   * @return how many rows were written
   */
  public static int lines(Frame frame, Bitmap rows, boolean byName, ByteBuilder target) {
    List<String> names = byName ? frame.names().stream().sorted().toList() : frame.names();
    Column[] columns = new Column[names.size()];
    byte[][] keys = new byte[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = frame.column(names.get(i)).readable(rows);
      ByteBuilder key = new ByteBuilder(32);
      quote(names.get(i), key);
      keys[i] = key.append(':').toByteArray();
    }
    int written = 0;
    byte[] time = new byte[Timestamps.MAX_LENGTH];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int start = target.length();
      target.append('{');
      for (int i = 0; i < columns.length; i++) {
        Column column = columns[i];
        if (column instanceof TimeColumn times) {
          int end = Timestamps.format(times.times()[row], time, 0);
          separate(target, start);
          target.append(keys[i]);
          quote(time, 0, end, target);
          continue;
        }
        int from = column.start(row);
        int to = column.end(row);
        if (from < to) {
          separate(target, start);
          target.append(keys[i]);
          quote(column.bytes(), from, to, target);
        }
      }
      if (target.length() == start + 1) {
        target.truncate(start);
      } else {
        target.append('}').append('\n');
        written++;
      }
    }
    return written;
  }

  private static void separate(ByteBuilder target, int start) {
    if (target.length() > start + 1) {
      target.append(',');
    }
  }
}
