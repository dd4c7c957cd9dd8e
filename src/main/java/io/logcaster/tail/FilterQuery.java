package io.logcaster.tail;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.storage.RowFilter;

/** A query that is only a filter: its rows are printed directly from the columns. */
record FilterQuery(RowFilter filter) implements TailQuery {

  @Override
  public Rows rows(RecordBatch batch) {
    Bitmap rows = Bitmap.all(batch.size());
    filter.retain(batch, rows);
    return new SelectedRows(batch, rows);
  }

  private static final class SelectedRows implements Rows {

    private final RecordBatch batch;
    private final Bitmap rows;
    private int at = -1;

    SelectedRows(RecordBatch batch, Bitmap rows) {
      this.batch = batch;
      this.rows = rows;
    }

    @Override
    public int size() {
      return rows.cardinality();
    }

    @Override
    public void printNext(RecordJson json) {
      if (at < 0) {
        json.begin(batch);
      }
      at = rows.next(at + 1);
      json.row(at);
    }
  }
}
