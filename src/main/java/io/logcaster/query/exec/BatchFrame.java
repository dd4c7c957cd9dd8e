package io.logcaster.query.exec;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a batch as they are stored. */
final class BatchFrame extends Frame {

  private final RecordBatch batch;

  private @Nullable Column times;

  private @Nullable Column streams;

  private @Nullable Column streamIds;

  private @Nullable List<String> names;

  BatchFrame(RecordBatch batch) {
    this.batch = batch;
  }

  RecordBatch batch() {
    return batch;
  }

  @Override
  public int size() {
    return batch.size();
  }

  @Override
  public Column column(String name) {
    return switch (name) {
      case Field.TIME -> {
        if (times == null) {
          times = new TimeColumn(batch.times(), batch.size());
        }
        yield times;
      }
      case Field.STREAM -> {
        if (streams == null) {
          streams = new StreamColumn(Field.STREAM, batch);
        }
        yield streams;
      }
      case Field.STREAM_ID -> {
        if (streamIds == null) {
          streamIds = new StreamColumn(Field.STREAM_ID, batch);
        }
        yield streamIds;
      }
      default -> batch.column(name);
    };
  }

  @Override
  public List<String> names() {
    if (names == null) {
      List<String> sorted = new ArrayList<>(batch.fieldNames());
      sorted.sort(null);
      sorted.addAll(0, List.of(Field.TIME, Field.STREAM_ID, Field.STREAM, Field.MESSAGE));
      names = List.copyOf(sorted);
    }
    return names;
  }
}
