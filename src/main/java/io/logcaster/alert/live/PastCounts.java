package io.logcaster.alert.live;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At most how many records each group of a rule has in windows that are past, to which late records
 * may still come: what {@link LiveCounts} forgets, late records, and what the store had before.
 * Exists only while late records arrive for the rule.
 *
 * <p>Not thread-safe.
 */
final class PastCounts {

  /** A window is rounded up by this share of it, but buckets are no shorter than the next limit. */
  private static final int BUCKETS_OF_A_WINDOW = 8;

  /** Bounds the buckets of a group to about a hundred and fifty. */
  private static final long LEAST_BUCKET = LateRecords.MOST.toNanos() / 128;

  /** With more groups, the windows are asked of the store: a group takes half a kilobyte. */
  static final int MAX_GROUPS = 512;

  private final long window;
  private final long width;
  private final int ring;

  /** Records from this time on were counted as they arrived. */
  private final long countedFrom;

  private final Map<Long, int[]> groups = new HashMap<>();

  /** The buckets before {@link #countedFrom} of which the store was asked, by their place. */
  private final BitSet asked = new BitSet();

  private long newest;
  private boolean full;

  /**
   * @param countedFrom from when on all records are told by {@link #add}, at the latest when they
   *     leave the present window
   */
  PastCounts(Duration window, Instant countedFrom, Instant now) {
    this.window = window.toNanos();
    this.width = Math.max(LEAST_BUCKET, this.window / BUCKETS_OF_A_WINDOW);
    this.countedFrom = LiveCounts.nanos(countedFrom);
    this.ring = (int) Math.ceilDiv(LateRecords.MOST.toNanos() + 2 * this.window, width) + 2;
    this.newest = bucket(LiveCounts.nanos(now));
  }

  private long bucket(long nanos) {
    return Math.floorDiv(nanos, width);
  }

  private int place(long bucket) {
    return (int) Math.floorMod(bucket, (long) ring);
  }

  private boolean isKept(long bucket) {
    return bucket <= newest && bucket > newest - ring;
  }

  /** Forgets what no late record can belong to any more. */
  void advance(Instant now) {
    long bucket = bucket(LiveCounts.nanos(now));
    if (bucket - newest >= ring) {
      groups.clear();
      asked.clear();
      full = false;
      newest = bucket;
    }
    while (newest < bucket) {
      newest++;
      int place = place(newest);
      asked.clear(place);
      groups.values().forEach((counts) -> counts[place] = 0);
    }
  }

  /** Counts records of a group that have left the present window or were late. */
  void add(long key, long nanos, long count) {
    long bucket = bucket(nanos);
    if (!isKept(bucket) || full) {
      return;
    }
    int[] counts = groups.get(key);
    if (counts == null) {
      if (groups.size() == MAX_GROUPS) {
        full = true;
        groups.clear();
        return;
      }
      counts = new int[ring];
      groups.put(key, counts);
    }
    int place = place(bucket);
    counts[place] = (int) Math.min(Integer.MAX_VALUE, counts[place] + count);
  }

  /** Consecutive buckets that the store is to be asked for. */
  record Gap(long from, int count) {}

  /** The buckets of windows of which not all is known; null if there are none. */
  @Nullable Gap gap(List<Instant> ends) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Instant end : ends) {
      for (long bucket = firstOf(end); bucket <= lastOf(end); bucket++) {
        if (bucket * width < countedFrom && !(isKept(bucket) && asked.get(place(bucket)))) {
          first = Math.min(first, bucket);
          last = Math.max(last, bucket);
        }
      }
    }
    return last < first ? null : new Gap(first, (int) (last - first + 1));
  }

  private long firstOf(Instant end) {
    return bucket(LiveCounts.nanos(end) - window);
  }

  private long lastOf(Instant end) {
    return bucket(LiveCounts.nanos(end) - 1);
  }

  Instant start(Gap gap) {
    return Instant.ofEpochSecond(0, gap.from() * width);
  }

  Duration width() {
    return Duration.ofNanos(width);
  }

  /** To be called before the store is asked, which has counted all records that were added. */
  void beginGap(Gap gap) {
    for (long bucket = gap.from(); bucket < gap.from() + gap.count(); bucket++) {
      int place = place(bucket);
      if (isKept(bucket)) {
        groups.values().forEach((counts) -> counts[place] = 0);
      }
    }
  }

  /**
   * Adds what the store has.
   *
   * @param stored the number of records of each bucket of the gap; NaN for none
   */
  void fill(Gap gap, long key, double[] stored) {
    for (int i = 0; i < stored.length; i++) {
      if (stored[i] > 0) {
        add(key, (gap.from() + i) * width, (long) stored[i]);
      }
    }
  }

  /** To be called when all groups are filled. */
  void endGap(Gap gap) {
    for (long bucket = gap.from(); bucket < gap.from() + gap.count(); bucket++) {
      if (isKept(bucket)) {
        asked.set(place(bucket));
      }
    }
  }

  /** Whether there are too many groups to count. */
  boolean isFull() {
    return full;
  }

  /**
   * Adds the most records that groups may have in a window.
   *
   * @param before how much earlier a record may have been counted
   */
  void addTo(Map<Long, Long> most, Instant end, Duration before) {
    for (Map.Entry<Long, int[]> group : groups.entrySet()) {
      long sum = 0;
      for (long bucket = firstOf(end.minus(before)); bucket <= lastOf(end); bucket++) {
        sum += isKept(bucket) ? group.getValue()[place(bucket)] : 0;
      }
      if (sum > 0) {
        most.merge(group.getKey(), sum, Long::sum);
      }
    }
  }
}
