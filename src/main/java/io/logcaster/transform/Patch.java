package io.logcaster.transform;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** New values of one field for some rows of a batch. */
final class Patch {

  private final TreeMap<Integer, byte[]> values = new TreeMap<>();

  void put(int row, byte[] value) {
    values.put(row, value);
  }

  void put(int row, String value) {
    put(row, value.getBytes(StandardCharsets.UTF_8));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** The column with the new values laid over the old ones. */
  Column over(Column old, int rows) {
    ByteBuilder text = new ByteBuilder((int) Math.min(old.textBytes(rows), 1 << 24));
    int[] ends = new int[rows];
    byte[] bytes = old.bytes();
    int done = 0;
    for (Map.Entry<Integer, byte[]> value : values.entrySet()) {
      copy(old, bytes, done, value.getKey(), text, ends);
      text.append(value.getValue());
      ends[value.getKey()] = text.length();
      done = value.getKey() + 1;
    }
    copy(old, bytes, done, rows, text, ends);
    return new ArenaColumn(old.name(), text.array(), ends, rows);
  }

  private static void copy(
      Column old, byte[] bytes, int from, int to, ByteBuilder text, int[] ends) {
    for (int row = from; row < to; row++) {
      text.append(bytes, old.start(row), old.end(row));
      ends[row] = text.length();
    }
  }

  /** The batch with a column in place of that of the same name. */
  static RecordBatch with(RecordBatch batch, Column column) {
    if (column.name().equals(Field.MESSAGE)) {
      return batch.withColumns(batch.times(), column, fields(batch));
    }
    Map<String, Column> fields = fields(batch);
    fields.put(column.name(), column);
    return batch.withColumns(batch.times(), batch.column(Field.MESSAGE), fields);
  }

  /** The columns of a batch by name. */
  static Map<String, Column> fields(RecordBatch batch) {
    Map<String, Column> fields = new LinkedHashMap<>();
    for (String name : batch.fieldNames()) {
      fields.put(name, batch.column(name));
    }
    return fields;
  }
}
