package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns of a batch, for writing its rows as JSON of some shape. */
final class RowFields {

  private final RecordBatch batch;
  private final Column message;
  private final List<Column> columns = new ArrayList<>();

  /**
   * @param without names that {@link #members} leaves out
   */
  RowFields(RecordBatch batch, Set<String> without) {
    this.batch = batch;
    this.message = batch.column(Field.MESSAGE);
    for (String name : batch.fieldNames()) {
      if (!without.contains(name)) {
        columns.add(batch.column(name));
      }
    }
  }

  int size() {
    return batch.size();
  }

  long time(int row) {
    return batch.times()[row];
  }

  int severity(int row) {
    return batch.severity(row);
  }

  int stream(int row) {
    return batch.streamOrdinal(row);
  }

  /** Empty if it is absent. */
  String text(String name, int row) {
    return batch.column(name).text(row);
  }

  /** Appends the message as a JSON string. */
  void message(int row, ByteBuilder target) {
    string(message, row, target);
  }

  private static void string(Column column, int row, ByteBuilder target) {
    JsonString.append(column.bytes(), column.start(row), column.end(row), target);
  }

  /** Appends the present fields as {@code "name":"value"}, with commas before all but the first. */
  void members(int row, boolean isFirst, ByteBuilder target) {
    boolean first = isFirst;
    for (Column column : columns) {
      if (!column.isEmpty(row)) {
        if (!first) {
          target.append(',');
        }
        first = false;
        JsonString.append(column.name(), target);
        target.append(':');
        string(column, row, target);
      }
    }
  }

  /** Appends the present fields as OpenTelemetry's attributes. */
  void attributes(int row, ByteBuilder target) {
    boolean first = true;
    for (Column column : columns) {
      if (!column.isEmpty(row)) {
        if (!first) {
          target.append(',');
        }
        first = false;
        target.append("{\"key\":");
        JsonString.append(column.name(), target);
        target.append(",\"value\":{\"stringValue\":");
        string(column, row, target);
        target.append("}}");
      }
    }
  }
}
