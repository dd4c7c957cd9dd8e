package io.logcaster.sink.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;

/** Records as the query API prints them: JSON objects of texts, built-in fields first. */
final class JsonText implements RecordText {

  private final RecordJson json = new RecordJson();

  @Override
  public void begin(RecordBatch batch) {
    json.begin(batch);
  }

  @Override
  public void row(int row, ByteBuilder target) {
    json.row(row);
    json.drainTo(target);
  }
}
