package io.logcaster.alert.live;

import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches arriving records for rules with the same filter, groups and window: tells whether their
 * conditions may hold. Thread-safe.
 */
public final class LiveWatch {

  private final Duration window;
  private final List<String> groupFields;
  private final List<ExactFilter> exact;
  private final @Nullable RowFilter rest;
  private final LiveCounts counts;
  private @Nullable Instant countingSince;
  private @Nullable Instant lateAt;

  /**
   * @param exact values that records must have
   * @param rest what else they must match; null for nothing
   */
  private LiveWatch(
      Duration window,
      List<String> groupFields,
      List<ExactFilter> exact,
      @Nullable RowFilter rest) {
    this.window = window;
    this.groupFields = groupFields;
    this.exact = exact;
    this.rest = rest;
    this.counts = new LiveCounts(window);
  }

  /**
   * @param compiler compiles the text of a filter
   */
  static LiveWatch of(
      Filter filter,
      List<String> groupFields,
      Duration window,
      Function<String, RowFilter> compiler) {
    List<ExactFilter> exact = new ArrayList<>();
    List<Filter> others = new ArrayList<>();
    for (Filter part : filter instanceof AndFilter and ? and.filters() : List.of(filter)) {
      if (part instanceof ExactFilter value
          && !value.value().isEmpty()
          && !value.field().startsWith("_")) {
        exact.add(value);
      } else {
        others.add(part);
      }
    }
    RowFilter rest = others.isEmpty() ? null : compiler.apply(new AndFilter(others).canonical());
    return new LiveWatch(window, groupFields, exact, rest);
  }

  List<ExactFilter> exact() {
    return exact;
  }

  List<String> groupFields() {
    return groupFields;
  }

  /**
   * Counts the records of a batch.
   *
   * @param indexes of the exact values among those that are wanted of their fields
   * @return the largest count of a group that the batch has records of; 0 if it has none that
   *     matches
   */
  synchronized int take(RecordBatch batch, BatchValues values, int[] indexes, Instant now) {
    Bitmap rows = null;
    for (int i = 0; i < indexes.length; i++) {
      Bitmap having = values.having(exact.get(i).field())[indexes[i]];
      if (having == null) {
        return 0;
      }
      if (rows == null) {
        rows = having.copy();
      } else {
        rows.and(having);
      }
    }
    if (rows == null) {
      rows = Bitmap.all(batch.size());
    }
    if (rest != null && !rows.isEmpty()) {
      rest.retain(batch, rows);
    }
    if (rows.isEmpty()) {
      return 0;
    }
    counts.advance(now);
    int largest = 0;
    long[] keys = values.keys(groupFields);
    long[] times = batch.times();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (counts.isInWindow(times[row])) {
        largest = Math.max(largest, counts.add(keys[row], times[row]));
      } else {
        largest = Math.max(largest, 1);
        note(times[row], now);
      }
    }
    return largest;
  }

  /** Notes a record outside the window. */
  private void note(long nanos, Instant now) {
    Instant time = Instant.ofEpochSecond(0, nanos);
    if (time.isAfter(now)) {
      // It will be in the window, but is not counted.
      countFrom(time);
    } else {
      lateAt = now;
    }
  }

  /**
   * Counts are complete for windows that start at this time or later, because some records with
   * earlier times were not seen. Until the first call, they never are.
   */
  synchronized void countFrom(Instant time) {
    Instant known = countingSince;
    countingSince = known == null || time.isAfter(known) ? time : known;
  }

  /** Whether each record of a window that ends at a time was counted. */
  private boolean isComplete(Instant end) {
    return countingSince != null && !countingSince.plus(window).isAfter(end);
  }

  /**
   * Whether a rule may find something in its window.
   *
   * @param limit the number of records of a group that it takes; above 0
   */
  public synchronized boolean mayFind(long limit, Instant now) {
    if (!isComplete(now)) {
      return true;
    }
    counts.advance(now);
    return counts.largest() >= limit;
  }

  /** Whether late records may change a rule's verdict on an earlier window. */
  public synchronized boolean mayFindLate(Duration interval, Instant now) {
    Instant late = lateAt;
    return !isComplete(now)
        || (late != null && late.plus(window).plus(interval.multipliedBy(2)).isAfter(now));
  }

  /** Whether a filter can be applied to records as they arrive. */
  static boolean isLive(Filter filter) {
    return switch (filter) {
      case AndFilter and -> and.filters().stream().allMatch(LiveWatch::isLive);
      case TimeFilter ignored -> false;
      case OrFilter or -> or.filters().stream().allMatch(LiveWatch::isLive);
      case NotFilter not -> isLive(not.filter());
      default -> true;
    };
  }
}
