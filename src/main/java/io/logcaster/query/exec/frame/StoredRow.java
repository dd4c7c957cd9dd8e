package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.List;

/** A copy of one row of a frame. */
public final class StoredRow {

  private static final byte[] NOTHING = {};

  /** The names of the fields, shared by the rows of a frame. */
  private final List<String> names;

  private final byte[][] values;

  private StoredRow(List<String> names, byte[][] values) {
    this.names = names;
    this.values = values;
  }

  /** The columns of fields of a frame, made readable for some rows. */
  public static Column[] columns(Frame frame, List<String> names, Bitmap rows) {
    Column[] columns = new Column[names.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = frame.column(names.get(i)).readable(rows);
    }
    return columns;
  }

  public static StoredRow of(List<String> names, Column[] columns, int row) {
    byte[][] values = new byte[columns.length][];
    for (int i = 0; i < values.length; i++) {
      Column column = columns[i];
      if (column instanceof TimeColumn times) {
        values[i] = times.value(row);
        continue;
      }
      int from = column.start(row);
      int to = column.end(row);
      values[i] = (from == to) ? NOTHING : Arrays.copyOfRange(column.bytes(), from, to);
    }
    return new StoredRow(names, values);
  }

  /** Sets the values of the current row of a list. */
  public void copyTo(RowList rows) {
    for (int i = 0; i < values.length; i++) {
      int column = rows.column(names.get(i));
      if (values[i].length > 0) {
        rows.set(column, values[i]);
      }
    }
  }

  public long memoryBytes() {
    long bytes = 48;
    for (byte[] value : values) {
      bytes += 24 + value.length;
    }
    return bytes;
  }
}
