package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.JsonString;
import io.logcaster.record.Timestamps;
import java.util.List;

/** Writes rows of frames as JSON objects. */
public final class JsonRows {

  private JsonRows() {}

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
        JsonString.append(name, target);
        target.append(':');
        JsonString.append(column.bytes(), from, to, target);
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
      JsonString.append(names.get(i), key);
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
          JsonString.append(time, 0, end, target);
          continue;
        }
        int from = column.start(row);
        int to = column.end(row);
        if (from < to) {
          separate(target, start);
          target.append(keys[i]);
          JsonString.append(column.bytes(), from, to, target);
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
