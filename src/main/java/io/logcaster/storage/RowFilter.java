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
   * Whether a block may have a row that passes; what a storage asks before it reads the block. It
   * may be wrong only by saying yes. The answer may change while a scan runs: a consumer that has
   * found enough newer rows turns older blocks down.
   */
  default boolean mayMatch(BlockSummary block) {
    return true;
  }
}
