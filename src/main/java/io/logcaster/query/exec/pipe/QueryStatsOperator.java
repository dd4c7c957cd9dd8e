package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.ScanTrace.Count;
import java.io.IOException;

/** Replaces rows by one row that says what the scan read: {@code query_stats}. */
public final class QueryStatsOperator extends Operator {

  private final ScanCounts counts;

  private final long begin = System.nanoTime();

  public QueryStatsOperator(QueryContext context, Operator next) {
    super(next);
    counts = context.counts();
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    return true;
  }

  @Override
  public void finish() throws IOException {
    RowList out = new RowList();
    set(out, "BlocksProcessed", counts.blocksRead());
    set(out, "BlocksPruned", counts.blocksPruned());
    set(out, "BytesReadTotal", counts.trace().get(Count.BYTES_READ));
    set(out, "ValuesRead", counts.trace().get(Count.VALUES_DECODED));
    set(out, "RowsProcessed", counts.rowsTested());
    set(out, "RowsFound", counts.rowsFound());
    set(out, "QueryDurationNsecs", System.nanoTime() - begin);
    out.end();
    out.flush(next(), 0);
    next().finish();
  }

  private static void set(RowList out, String name, long value) {
    out.set(out.column(name), Long.toString(value));
  }
}
