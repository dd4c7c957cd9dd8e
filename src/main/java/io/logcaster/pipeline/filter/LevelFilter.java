package io.logcaster.pipeline.filter;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;

/**
 * Selects records of a severity and above. A record of unknown severity passes: what is not
 * understood must not be lost.
 *
 * @param minSeverity the lowest severity number that passes
 */
record LevelFilter(int minSeverity) implements RowFilter {

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int severity = batch.severity(row);
      if (severity != 0 && severity < minSeverity) {
        rows.clear(row);
      }
    }
  }
}
