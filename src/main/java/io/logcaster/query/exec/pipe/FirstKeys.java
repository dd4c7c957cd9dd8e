package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.record.Bitmap;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a frame that their first key alone does not exclude from the first rows of a
 * sort.
 */
final class FirstKeys {

  private final IntFunction<SortValue> keys;

  private final Comparator<SortValue> order;

  private final int limit;

  /**
   * Creates a search.
   *
   * @param keys gives the first key of a row
   * @param limit how many rows come out, at least 1
   */
  FirstKeys(IntFunction<SortValue> keys, boolean descending, int limit) {
    this.keys = keys;
    this.limit = limit;
    order = descending ? (a, b) -> SortValue.compare(b, a) : SortValue::compare;
  }

  /**
   * The rows that may come out. A row is excluded if as many others as come out precede it; rows
   * with equal first keys exclude none of each other.
   *
   * @param bound the last first key of as many rows that are already known; null for none
   */
  Bitmap candidates(Bitmap rows, @Nullable SortValue bound) {
    SortValue[] values = new SortValue[rows.size()];
    Bitmap candidates = Bitmap.none(rows.size());
    // The best keys of these rows, with the worst of them on top.
    PriorityQueue<SortValue> best = new PriorityQueue<>(order.reversed());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      SortValue value = keys.apply(row);
      if ((bound != null && order.compare(value, bound) > 0) || isExcluded(value, best)) {
        continue;
      }
      values[row] = value;
      candidates.set(row);
      best.add(value);
      if (best.size() > limit) {
        best.remove();
      }
    }
    for (int row = candidates.next(0); row >= 0; row = candidates.next(row + 1)) {
      if (isExcluded(values[row], best)) {
        candidates.clear(row);
      }
    }
    return candidates;
  }

  private boolean isExcluded(SortValue value, PriorityQueue<SortValue> best) {
    SortValue worst = best.peek();
    return worst != null && best.size() == limit && order.compare(value, worst) > 0;
  }
}
