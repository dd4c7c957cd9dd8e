package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;

/** Selects rows. Safe for use by many threads at once. */
@FunctionalInterface
public interface RowFilter {

  /** Selects every row. */
  RowFilter ALL = (batch, rows) -> {};

  /** Narrows a selection to the rows that pass. */
  void retain(RecordBatch batch, Bitmap rows);

  /**
   * Whether a block may have a row that passes; called before the block is read. A wrong answer may
   * only be a false yes. The answer may change during a scan: a consumer that has found enough
   * newer rows rejects older blocks.
   */
  default boolean mayMatch(BlockSummary block) {
    return true;
  }
}
