package io.logcaster.query.exec;

import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.RecordView;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.BlockSummary;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hands the rows of a scan to the first operator. */
final class ScanRows implements BatchConsumer {

  private final RecordView view;

  private final Budget budget;

  private final ScanCounts counts;

  private final Operator first;

  private final @Nullable IndexCounts counted;

  private final Merging merging;

  /** Whether the operators want no more rows. */
  private volatile boolean enough;

  ScanRows(
      RecordView view,
      Operator first,
      @Nullable IndexCounts counted,
      Merging merging,
      Budget budget,
      ScanCounts counts) {
    this.budget = budget;
    this.counts = counts;
    this.merging = merging;
    this.view = view;
    this.first = first;
    this.counted = counted;
  }

  @Override
  public boolean accept(RecordBatch batch, Bitmap rows, int worker) {
    budget.check();
    counts.rows(rows.cardinality());
    boolean more = budget.step(() -> first.push(view.frame(batch), rows, worker));
    if (!more) {
      enough = true;
    }
    return more;
  }

  @Override
  public boolean acceptUnread(BlockSummary block, int worker) {
    if (counted == null) {
      return false;
    }
    long found = budget.step(() -> counted.take(block, worker));
    counts.rows(Math.max(0, found));
    return found >= 0;
  }

  @Override
  public void end() throws IOException {
    budget.check();
    if (!enough) {
      merging.run();
    }
    budget.step(
        () -> {
          first.finish();
          return true;
        });
  }
}
