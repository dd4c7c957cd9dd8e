package io.logcaster.sink.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/** The message alone. */
final class RawText implements RecordText {

  private @Nullable Column message;

  @Override
  public void begin(RecordBatch batch) {
    message = batch.column(Field.MESSAGE);
  }

  @Override
  public void row(int row, ByteBuilder target) {
    Column column = message;
    if (column != null) {
      target.append(column.bytes(), column.start(row), column.end(row));
    }
  }
}
