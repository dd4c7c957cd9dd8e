package io.logcaster.query.exec.frame;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a stored batch. */
public final class BatchFrame extends Frame {

  private final RecordBatch batch;

  private @Nullable Column times;

  private @Nullable Column streams;

  private @Nullable Column streamIds;

  private @Nullable List<String> names;

  BatchFrame(RecordBatch batch) {
    this.batch = batch;
  }

  public RecordBatch batch() {
    return batch;
  }

  /** Copies some rows into a frame of their own, which is faster to read if they are few. */
  public BatchFrame gather(int[] rows) {
    return new BatchFrame(batch.gather(rows));
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
          streams = streamColumn(Field.STREAM);
        }
        yield streams;
      }
      case Field.STREAM_ID -> {
        if (streamIds == null) {
          streamIds = streamColumn(Field.STREAM_ID);
        }
        yield streamIds;
      }
      default -> batch.column(name);
    };
  }

  private Column streamColumn(String name) {
    if (batch.streamCount() != 1) {
      return new StreamColumn(name, batch);
    }
    Stream stream = batch.stream(0);
    return ConstantColumn.of(name, name.equals(Field.STREAM) ? stream.canonical() : stream.id());
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
