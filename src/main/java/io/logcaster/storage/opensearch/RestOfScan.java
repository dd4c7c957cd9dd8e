package io.logcaster.storage.opensearch;

import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import org.jspecify.annotations.Nullable;

/** The records that a scan has not read yet, of which only the times are known. */
record RestOfScan(long minTime, long maxTime) implements BlockSummary {

  /** Its pages are counted as they are read. */
  @Override
  public int groupSize() {
    return 1;
  }

  @Override
  public int rows() {
    return 0;
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
