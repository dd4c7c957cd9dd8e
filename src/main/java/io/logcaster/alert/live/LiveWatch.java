package io.logcaster.alert.live;

import io.logcaster.alert.condition.Arrivals;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.Unreached;
import io.logcaster.alert.query.ValueSeries;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches arriving records for rules with the same filter, groups and window: tells how many
 * records each group has in the window. What the window had before the watch began is asked of the
 * store once. Thread-safe.
 */
public final class LiveWatch implements Arrivals {

  private final Duration window;
  private final List<String> groupFields;
  private final Requirements requirements;
  private final @Nullable RowFilter rest;
  private final AlertQuery records;
  private final LongSupplier latest;
  private final LiveCounts counts;

  /** Since when each record is either counted or was in the store before; null if it is not. */
  private @Nullable Instant countingSince;

  /** How often counting has begun. */
  private long beginnings;

  private boolean seeded;

  /** Whether the store is being asked, for several rules share a watch. */
  private boolean seeding;

  private @Nullable Instant lateAt;

  /** The windows that late records belong to; null if there were none lately. */
  private @Nullable PastCounts past;

  private LiveWatch(
      Duration window,
      AlertQuery query,
      Requirements requirements,
      @Nullable RowFilter rest,
      LongSupplier latest) {
    this.window = window;
    this.groupFields = query.liveGroupFields();
    this.requirements = requirements;
    this.rest = rest;
    this.records = query.liveRecords();
    this.latest = latest;
    this.counts = new LiveCounts(window);
  }

  /**
   * @param query a rule's query that has a filter
   * @param compiler compiles the text of a filter
   * @param latest the latest time of all stored records in nanoseconds since the epoch
   */
  static LiveWatch of(
      AlertQuery query,
      Requirements requirements,
      Duration window,
      Function<String, RowFilter> compiler,
      LongSupplier latest) {
    String rest = requirements.rest();
    return new LiveWatch(
        window, query, requirements, rest == null ? null : compiler.apply(rest), latest);
  }

  Requirements requirements() {
    return requirements;
  }

  /**
   * Counts the records of a batch.
   *
   * @param required where {@code values} has what records must have
   * @return the largest count of a group that the batch has records of; 0 if it has none that
   *     matches
   */
  synchronized long take(
      RecordBatch batch, BatchValues values, Requirements.Places required, Instant now) {
    Bitmap rows = required.rows(values, batch.size());
    if (rows != null && rest != null && !rows.isEmpty()) {
      rest.retain(batch, rows);
    }
    if (rows == null || rows.isEmpty()) {
      return 0;
    }
    advance(now);
    long largest = 0;
    long[] keys = values.keys(groupFields);
    long[] times = batch.times();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (counts.isInWindow(times[row])) {
        largest = Math.max(largest, counts.add(keys[row], times[row]));
      } else if (times[row] > LiveCounts.nanos(now)) {
        counts.addFuture(times[row], times[row], 1);
      } else {
        largest = Math.max(largest, 1);
        addLate(keys[row], times[row], now);
      }
    }
    return largest;
  }

  private void addLate(long key, long time, Instant now) {
    lateAt = now;
    if (past == null && seeded && window.compareTo(LateRecords.MOST) < 0) {
      past = new PastCounts(window, counts.start(), now);
    }
    if (past != null) {
      past.add(key, time, 1);
    }
  }

  private void advance(Instant now) {
    counts.advance(now, past);
    if (past != null) {
      past.advance(now);
      Instant late = lateAt;
      boolean old = late != null && late.plus(LateRecords.MOST).isBefore(now);
      if (old || counts.unknown() > 0) {
        past = null; // not all records of a window will have been counted when it is past
      }
    }
  }

  /**
   * What is known of a window that ended at a time, with the records that came late; null if not
   * all of them were counted.
   */
  public synchronized @Nullable Arrivals past(Instant end, Instant now) {
    advance(now);
    PastCounts known = past;
    if (known == null || known.isFull() || known.gap(List.of(end)) != null) {
      return null;
    }
    Map<Long, Long> most = new HashMap<>();
    known.addTo(most, end, counts.bucket());
    if (end.isAfter(counts.start())) {
      counts.addTo(most);
    }
    return new PastWindow(groupFields, most);
  }

  /**
   * Asks the store for the records of past windows that were not counted, so that {@link #past}
   * knows them from now on.
   *
   * @throws IOException if stored records could not be read, or a query timed out
   */
  public void seedPast(List<Instant> ends, Instant now) throws IOException {
    PastCounts known;
    PastCounts.Gap gap;
    synchronized (this) {
      advance(now);
      known = past;
      gap = known == null || known.isFull() ? null : known.gap(ends);
      if (known == null || gap == null) {
        return;
      }
      known.beginGap(gap);
    }
    Unreached away = new Unreached();
    List<ValueSeries> stored = records.series(known.start(gap), gap.count(), known.width(), away);
    away.check();
    synchronized (this) {
      stored.forEach((group) -> known.fill(gap, key(group.labels()), group.values()));
      known.endGap(gap);
    }
  }

  /**
   * Counting begins now, as some records before were not seen. Until {@link #seed} has asked the
   * store for them, the counts are not complete.
   */
  synchronized void countFrom(Instant time) {
    countingSince = time;
    past = null;
    beginnings++;
    seeded = false;
  }

  /**
   * Asks the store for the records of the window that came before the watch, and for stored records
   * of the future. Does nothing if the counts are complete.
   *
   * @throws IOException if stored records could not be read, or a query timed out
   */
  public void seed(Instant now) throws IOException {
    LiveCounts before;
    long beginning;
    synchronized (this) {
      if (seeded || seeding || countingSince == null) {
        return;
      }
      seeding = true;
      beginning = beginnings;
      advance(now);
      before = counts.copy();
    }
    Stored stored;
    try {
      stored = ask(before);
    } catch (IOException | RuntimeException ex) {
      synchronized (this) {
        seeding = false;
      }
      throw ex;
    }
    synchronized (this) {
      seeding = false;
      if (beginnings != beginning) {
        return; // records were lost meanwhile
      }
      advance(now);
      stored.window().forEach((g) -> counts.seed(key(g.labels()), g.values(), before));
      if (stored.later() > 0) {
        counts.addFuture(LiveCounts.nanos(before.end()), stored.last(), stored.later());
      }
      seeded = true;
    }
  }

  /**
   * What the store has.
   *
   * @param window the records of the window
   * @param last the time of the last record of all, in nanoseconds since the epoch
   * @param later how many records a group has after the window at most
   */
  private record Stored(List<ValueSeries> window, long last, long later) {}

  private Stored ask(LiveCounts before) throws IOException {
    Unreached away = new Unreached();
    List<ValueSeries> window =
        records.series(before.start(), before.buckets(), before.bucket(), away);
    long last = latest.getAsLong();
    long later = 0;
    if (last >= LiveCounts.nanos(before.end())) {
      Instant end = Instant.ofEpochSecond(0, last).plusNanos(1);
      for (GroupValue group : records.ask(before.end(), end, away)) {
        later = Math.max(later, (long) group.value());
      }
    }
    away.check();
    return new Stored(window, last, later);
  }

  /**
   * What is known of the window that ends now; null if not all records of it were counted.
   *
   * @return a view that may change until the caller is done
   */
  public synchronized @Nullable Arrivals arrivals(Instant now) {
    if (!seeded) {
      return null;
    }
    advance(now);
    return this;
  }

  /** Whether late records may change a rule's verdict on an earlier window. */
  public synchronized boolean mayFindLate(Duration interval, Instant now) {
    Instant since = countingSince;
    Instant late = lateAt;
    return since == null
        || since.plus(window).isAfter(now)
        || (late != null && late.plus(window).plus(interval.multipliedBy(2)).isAfter(now));
  }

  @Override
  public synchronized long most() {
    return counts.most();
  }

  @Override
  public synchronized boolean anyGroup(GroupCheck test) {
    if (groupFields.isEmpty()) {
      return test.test(0, counts.least(0), counts.most());
    }
    return counts.unknown() > 0 || counts.anyGroup(test);
  }

  @Override
  public synchronized long least(long key) {
    return counts.least(key);
  }

  @Override
  public long key(Map<String, String> labels) {
    return BatchValues.key(groupFields, labels);
  }
}
