package io.logcaster.query.exec;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.query.exec.pipe.NeededFields;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.query.exec.pipe.SummaryReader;
import io.logcaster.record.Bitmap;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.BlockSummary;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query for a block from the counts in the block's index, without reading rows, if the
 * query needs only row counts by values that the index has.
 */
final class IndexCounts {

  /** What the rows of a filtered block have to agree in; null if the operator reads summaries. */
  private final @Nullable Set<String> counted;

  /** The fields to count by in other blocks; null where the filter needs more than their values. */
  private final @Nullable Set<String> fields;

  private final RowMatcher matcher;

  private final Operator first;

  private final @Nullable TimeBucket bucket;

  private IndexCounts(
      @Nullable Set<String> counted,
      @Nullable Set<String> fields,
      @Nullable TimeBucket bucket,
      RowMatcher matcher,
      Operator first) {
    this.counted = counted;
    this.fields = fields;
    this.bucket = bucket;
    this.matcher = matcher;
    this.first = first;
  }

  /** Creates it for a query; null if the query needs rows. */
  static @Nullable IndexCounts of(Filter filter, RowMatcher matcher, Operator first) {
    if (first instanceof SummaryReader) {
      return new IndexCounts(null, null, null, matcher, first);
    }
    Operator.Agreement counted = first.countedBy();
    Set<String> tested = NeededFields.ofValues(filter, true);
    if (counted == null) {
      return null;
    }
    Set<String> fields = null;
    if (tested != null) {
      fields = new HashSet<>(counted.fields());
      fields.addAll(tested);
    }
    return new IndexCounts(counted.fields(), fields, counted.bucket(), matcher, first);
  }

  /**
   * Counts all rows of a block that lies entirely in the query's time range.
   *
   * @return how many rows pass the filter; -1 if the index does not say, so that the block has to
   *     be read
   */
  long take(BlockSummary block, int worker) {
    if (first instanceof SummaryReader reader) {
      return block.isFiltered() ? reader.pushSummary(block, worker) : -1;
    }
    Set<String> by = block.isFiltered() ? counted : fields;
    if (by == null) {
      return -1;
    }
    TimeBucket times = bucket;
    boolean apart = times != null && !times.isSame(block.minTime(), block.maxTime());
    BlockCounts counts =
        (apart && times != null)
            ? block.counts(by, times.step(), times.origin())
            : block.counts(by, 0, 0);
    if (counts == null) {
      return -1;
    }
    Frame frame = Frame.of(counts.cells());
    Bitmap rows = Bitmap.all(frame.size());
    if (!block.isFiltered()) {
      matcher.retain(frame, rows);
    }
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
