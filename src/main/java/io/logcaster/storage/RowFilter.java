package io.logcaster.storage;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects rows. Safe for use by many threads at once. */
@FunctionalInterface
public interface RowFilter {

  /** Selects every row. */
  RowFilter ALL =
      new RowFilter() {
        @Override
        public void retain(RecordBatch batch, Bitmap rows) {
          // Every row stays.
        }

        @Override
        public Criterion criterion() {
          return Criterion.ALL;
        }

        @Override
        public Set<String> fields() {
          return Set.of();
        }
      };

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

  /** What the filter asks of a row, for a storage that can look it up. */
  default Criterion criterion() {
    return Criterion.UNKNOWN;
  }

  /** The fields that it reads; null for any. */
  default @Nullable Set<String> fields() {
    return null;
  }
}
