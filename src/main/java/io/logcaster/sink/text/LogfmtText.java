package io.logcaster.sink.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as {@code time=… msg="…" name=value}. Values with spaces, quotes, equal signs or control
 * characters are quoted; line feeds become {@code \n}, so that a record is one line.
 */
final class LogfmtText implements RecordText {

  private final List<Column> columns = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();
  private long[] times = new long[0];

  @Override
  public void begin(RecordBatch batch) {
    times = batch.times();
    columns.clear();
    keys.clear();
    add("msg", batch.column(Field.MESSAGE));
    for (String name : batch.fieldNames()) {
      add(name.replaceAll("[\\s=\"\\p{Cntrl}]", "_"), batch.column(name));
    }
  }

  private void add(String name, Column column) {
    columns.add(column);
    keys.add((" " + name + "=").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void row(int row, ByteBuilder target) {
    target.append("time=".getBytes(StandardCharsets.US_ASCII));
    int at = target.reserve(Timestamps.MAX_LENGTH);
    target.advance(Timestamps.format(times[row], target.array(), at) - at);
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.start(row) < column.end(row)) {
        target.append(keys.get(i));
        value(column.bytes(), column.start(row), column.end(row), target);
      }
    }
  }

  private static void value(byte[] bytes, int from, int to, ByteBuilder target) {
    boolean quoted = false;
    for (int i = from; i < to && !quoted; i++) {
      byte b = bytes[i];
      quoted = (b <= ' ' && b >= 0) || b == '"' || b == '=';
    }
    if (!quoted) {
      target.append(bytes, from, to);
      return;
    }
    target.append((byte) '"');
    for (int i = from; i < to; i++) {
      switch (bytes[i]) {
        case '"', '\\' -> {
          target.append((byte) '\\');
          target.append(bytes[i]);
        }
        case '\n' -> escaped('n', target);
        case '\r' -> escaped('r', target);
        case '\t' -> escaped('t', target);
        default -> target.append(bytes[i]);
      }
    }
    target.append((byte) '"');
  }

  private static void escaped(char letter, ByteBuilder target) {
    target.append((byte) '\\');
    target.append((byte) letter);
  }
}
