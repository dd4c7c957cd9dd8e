package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import org.jspecify.annotations.Nullable;

/** The summary of a batch in memory. */
record BatchSummary(RecordBatch batch) implements BlockSummary {

  @Override
  public int rows() {
    return batch.size();
  }

  @Override
  public long minTime() {
    return batch.minTime();
  }

  @Override
  public long maxTime() {
    return batch.maxTime();
  }

  @Override
  public @Nullable Stream stream() {
    return null;
  }

  @Override
  public ColumnSummary column(String name) {
    return ColumnSummary.UNKNOWN;
  }
}
