package io.logcaster.alert.live;

import io.logcaster.alert.condition.AlertRule;
import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Remembers when late records arrived, so that rules also evaluate the windows that these records
 * belong to: a shipper that was disconnected for some minutes must not hide what it reports.
 * Records that are later than {@link #MOST} are imported history and cause no alerts.
 *
 * <p>Costs one pass over the times of a batch that has such records. Thread-safe.
 */
public final class LateRecords implements BatchListener {

  /** How late a record may be. Each second of this takes one entry. */
  static final Duration MOST = Duration.ofHours(1);

  /** How many windows a rule evaluates besides the current one; the latest come first. */
  private static final int MAX_WINDOWS = 10;

  /**
   * The shortest window of a rule; records that are less late than this are in the window of every
   * rule.
   */
  private static final int SHORTEST_SECONDS = 1;

  private final Clock clock;

  /** When the last record of each second of record time arrived. */
  private final ConcurrentSkipListMap<Long, Instant> arrivals = new ConcurrentSkipListMap<>();

  public LateRecords(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void stored(RecordBatch batch) {
    Instant now = clock.instant();
    long newest = (now.getEpochSecond() - SHORTEST_SECONDS) * Timestamps.SECOND;
    long oldest = newest - MOST.toNanos();
    if (batch.size() == 0 || batch.minTime() >= newest || batch.maxTime() < oldest) {
      return;
    }
    long[] times = batch.times();
    long last = Long.MIN_VALUE;
    for (int row = 0; row < batch.size(); row++) {
      long time = times[row];
      if (time < newest && time >= oldest && (time < last || time >= last + Timestamps.SECOND)) {
        long second = time / Timestamps.SECOND;
        arrivals.put(second, now);
        last = second * Timestamps.SECOND;
      }
    }
    // Kept until it has been out of every window for as long as it could be late.
    arrivals.headMap(now.minus(MOST).minus(MOST).getEpochSecond()).clear();
  }

  /**
   * The ends of past windows with records that arrived after their window was evaluated. Such
   * records count for one window's length from their arrival, as records in time do.
   */
  public List<Instant> ends(AlertRule rule, Instant now) {
    List<Instant> ends = new ArrayList<>();
    Instant gone = now.minus(rule.window());
    long before = gone.getEpochSecond();
    for (Map.Entry<Long, Instant> entry : arrivals.headMap(before).descendingMap().entrySet()) {
      long second = entry.getKey();
      Instant arrival = entry.getValue();
      Instant lastSeen = Instant.ofEpochSecond(second).plus(rule.window()).minus(rule.interval());
      if (second < before && arrival.isAfter(gone) && arrival.isAfter(lastSeen)) {
        Instant end = Instant.ofEpochSecond(second + 1);
        ends.add(end);
        before = end.minus(rule.window()).getEpochSecond();
        if (ends.size() == MAX_WINDOWS) {
          break;
        }
      }
    }
    return ends;
  }
}
