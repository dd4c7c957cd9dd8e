package io.logcaster.pipeline;

import io.logcaster.pipeline.filter.RecordFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.Taken;
import io.logcaster.transform.TakenListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the records that are not stored to the listeners that watch them. */
final class TakenRecords implements TakenListener {

  private static final Logger LOG = LoggerFactory.getLogger(TakenRecords.class);

  private static final String TIME_RANGE = "time range";
  private static final String RECORD_FILTER = "record filter";

  private final List<BatchListener> listeners;

  TakenRecords(List<BatchListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public boolean isWatching() {
    for (BatchListener listener : listeners) {
      if (listener.watchesTaken()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void taken(RecordBatch records) {
    for (BatchListener listener : listeners) {
      if (listener.watchesTaken()) {
        listener.taken(records);
      }
    }
  }

  /**
   * Shows the rows of a batch that are not stored, each with the part of the filter that took it.
   *
   * @param inRange the rows whose time is acceptable
   * @param stored those of them that are stored
   */
  void show(RecordBatch batch, Bitmap inRange, Bitmap stored, RowFilter filter) {
    try {
      Bitmap late = Bitmap.all(batch.size());
      late.andNot(inRange);
      show(batch, late, TIME_RANGE, Pipeline.TIME_OUT_OF_RANGE);
      Bitmap filtered = inRange.copy();
      filtered.andNot(stored);
      if (filter instanceof RecordFilter parts) {
        for (RecordFilter.Part part : parts.parts()) {
          if (!filtered.isEmpty()) {
            Bitmap passed = filtered.copy();
            part.filter().retain(batch, passed);
            filtered.andNot(passed);
            show(batch, filtered, RECORD_FILTER, part.name());
            filtered = passed;
          }
        }
      }
      show(batch, filtered, RECORD_FILTER, "filter");
    } catch (RuntimeException | StackOverflowError ex) {
      LOG.warn("What the record filter took out of a batch cannot be shown", ex);
    }
  }

  private void show(RecordBatch batch, Bitmap rows, String by, String why) {
    if (!rows.isEmpty()) {
      taken(Taken.marked(batch, rows, by, why));
    }
  }
}
