package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.text.RecordText;

/** JSON lines, as the query API prints records, and as LogCaster itself takes them. */
final class LinesPost implements PostBody {

  private final RecordText text = RecordText.of("json");

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    text.lines(batch, body);
  }
}
