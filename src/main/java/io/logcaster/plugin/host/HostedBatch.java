package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginBatch;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch as a plug-in reads it. */
class HostedBatch implements PluginBatch {

  private final RecordBatch batch;
  private @Nullable RecordJson json;

  HostedBatch(RecordBatch batch) {
    this.batch = batch;
  }

  @Override
  public int size() {
    return batch.size();
  }

  @Override
  public long time(int row) {
    return batch.times()[checked(row)];
  }

  @Override
  public int severity(int row) {
    return batch.severity(checked(row));
  }

  @Override
  public String stream(int row) {
    return batch.stream(batch.streamOrdinal(checked(row))).canonical();
  }

  @Override
  public String message(int row) {
    return value(row, Field.MESSAGE);
  }

  @Override
  public String value(int row, String field) {
    checked(row);
    Column column = batch.column(field);
    return column.isEmpty(row) ? "" : column.text(row);
  }

  @Override
  public List<String> fields() {
    return List.copyOf(batch.fieldNames());
  }

  @Override
  public synchronized byte[] json(int row) {
    checked(row);
    RecordJson printer = json;
    if (printer == null) {
      printer = new RecordJson();
      printer.begin(batch);
      json = printer;
    }
    printer.row(row);
    return printer.take();
  }

  /** Arrays may be longer than the batch. */
  final int checked(int row) {
    if (row < 0 || row >= batch.size()) {
      throw new IndexOutOfBoundsException(
          "Row " + row + " of a batch of " + batch.size() + " records");
    }
    return row;
  }
}
