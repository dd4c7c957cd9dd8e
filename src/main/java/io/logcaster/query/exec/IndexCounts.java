package io.logcaster.query.exec;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.query.exec.pipe.NeededFields;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.BlockSummary;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query's share of a block from what its index counts, where the query asks for no more
 * than numbers of rows by values that the index has.
 */
final class IndexCounts {

  private final Set<String> fields;

  private final RowMatcher matcher;

  private final Operator first;

  private final @Nullable TimeBucket bucket;

  private IndexCounts(
      Set<String> fields, @Nullable TimeBucket bucket, RowMatcher matcher, Operator first) {
    this.fields = Set.copyOf(fields);
    this.bucket = bucket;
    this.matcher = matcher;
    this.first = first;
  }

  /** Null where a query needs rows. */
  static @Nullable IndexCounts of(Filter filter, RowMatcher matcher, Operator first) {
    Operator.Agreement counted = first.countedBy();
    Set<String> tested = NeededFields.ofValues(filter, true);
    if (counted == null || tested == null) {
      return null;
    }
    Set<String> fields = new HashSet<>(counted.fields());
    fields.addAll(tested);
    return new IndexCounts(fields, counted.bucket(), matcher, first);
  }

  /**
   * Takes all rows of a block that meets the query's time range as a whole.
   *
   * @return how many rows passed the filter, -1 where the index does not tell
   */
  long take(BlockSummary block, int worker) {
    TimeBucket times = bucket;
    boolean apart = times != null && !times.isSame(block.minTime(), block.maxTime());
    BlockCounts counts =
        (apart && times != null)
            ? block.counts(fields, times.step(), times.origin())
            : block.counts(fields, 0, 0);
    if (counts == null) {
      return -1;
    }
    Frame frame = Frame.of(counts.cells());
    Bitmap rows = Bitmap.all(frame.size());
    matcher.retain(frame, rows);
    if (rows.isEmpty()) {
      return 0;
    }
    long found = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      found += counts.rows()[row];
    }
    first.pushCounts(frame, rows, counts.rows(), worker);
    return found;
  }
}
