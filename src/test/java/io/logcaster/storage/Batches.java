package io.logcaster.storage;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds batches for tests. */
public final class Batches {

  private Batches() {}

  /** Builds a batch with the default stream fields and with columns sorted by name. */
  public static RecordBatch of(LogRecord... records) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    List.of(records).stream()
        .flatMap((record) -> record.fields().stream())
        .map(Field::name)
        .distinct()
        .sorted()
        .forEach(builder::column);
    for (LogRecord record : records) {
      builder.time(record.time());
      builder.severity(record.severity());
      builder.value(RecordBatchBuilder.MESSAGE, record.message());
      for (Field field : record.fields()) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        builder.value(builder.column(name, 0, name.length), field.value());
      }
      builder.end();
    }
    return builder.build();
  }
}
