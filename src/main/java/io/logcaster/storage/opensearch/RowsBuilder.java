package io.logcaster.storage.opensearch;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a batch from values that come row by row. */
final class RowsBuilder {

  private final Map<String, Values> columns = new LinkedHashMap<>();
  private final List<Stream> streams = new ArrayList<>();
  private final Map<Stream, Integer> ordinals = new LinkedHashMap<>();
  private long[] times = new long[256];
  private byte[] severities = new byte[256];
  private int[] rowStreams = new int[256];
  private int rows;

  /** The values of a field so far. */
  private static final class Values {

    private final ByteBuilder bytes = new ByteBuilder(256);
    private int[] ends = new int[256];
    private int count;

    void fill(int row) {
      if (ends.length < row) {
        ends = Arrays.copyOf(ends, Math.max(row, ends.length * 2));
      }
      while (count < row) {
        ends[count++] = bytes.length();
      }
    }
  }

  int rows() {
    return rows;
  }

  /** Sets a value of the current row. */
  void value(String field, String value) {
    Values values = columns.computeIfAbsent(field, (name) -> new Values());
    values.fill(rows);
    values.bytes.append(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the current row. */
  void end(long time, int severity, Stream stream) {
    if (rows == times.length) {
      times = Arrays.copyOf(times, rows * 2);
      severities = Arrays.copyOf(severities, rows * 2);
      rowStreams = Arrays.copyOf(rowStreams, rows * 2);
    }
    times[rows] = time;
    severities[rows] = (byte) severity;
    Integer ordinal = ordinals.get(stream);
    if (ordinal == null) {
      ordinal = streams.size();
      ordinals.put(stream, ordinal);
      streams.add(stream);
    }
    rowStreams[rows++] = ordinal;
  }

  /** The batch of all rows. */
  RecordBatch build() {
    List<Column> fields = new ArrayList<>();
    columns.forEach(
        (name, values) -> {
          if (!name.equals(Field.MESSAGE)) {
            fields.add(column(name, values));
          }
        });
    return RecordBatch.of(
        Arrays.copyOf(times, rows),
        Arrays.copyOf(severities, rows),
        Arrays.copyOf(rowStreams, rows),
        streams,
        column(Field.MESSAGE, columns.getOrDefault(Field.MESSAGE, new Values())),
        fields);
  }

  private Column column(String name, Values values) {
    values.fill(rows);
    return new ArenaColumn(name, values.bytes.toByteArray(), values.ends, rows);
  }
}
