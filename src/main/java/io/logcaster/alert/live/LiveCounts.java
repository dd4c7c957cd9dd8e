package io.logcaster.alert.live;

import io.logcaster.alert.condition.Arrivals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of each group of a rule in its window, between two limits: the window is
 * rounded to whole buckets, up for the most records that a group may have and down for the least.
 *
 * <p>Records of the future are not told apart by group: until they have left the window, each group
 * may have them.
 *
 * <p>Not thread-safe.
 */
final class LiveCounts {

  /** A window has this many buckets, so that it is rounded by a few percent. */
  private static final int BUCKETS = 32;

  private static final long LEAST_BUCKET_MILLIS = 250;

  /** With more groups, the counts of one rule would take too much memory. */
  static final int MAX_GROUPS = 4_096;

  /** How many ranges of future records are told apart; further ones are joined. */
  private static final int MAX_FUTURE = 128;

  private final long bucketNanos;
  private final int ring;

  /** How many of the latest complete buckets lie in the window for sure. */
  private final int sure;

  private long[] keys = new long[16];
  private boolean[] used = new boolean[16];
  private int[] counts;
  private long[] totals;
  private int groups;
  private long newest = Long.MIN_VALUE;
  private long overflowed = Long.MIN_VALUE;
  private final List<Future> future = new ArrayList<>();

  /** How many future records may be in the window. */
  private long entered;

  /** Records with times in a range of buckets after the newest one. */
  private record Future(long from, long to, long count) {}

  LiveCounts(Duration window) {
    long millis = Math.max(LEAST_BUCKET_MILLIS, Math.ceilDiv(window.toMillis(), BUCKETS));
    this.bucketNanos = millis * 1_000_000;
    // One more for the part at the window's start, and one for the current bucket.
    this.ring = (int) Math.ceilDiv(window.toMillis(), millis) + 2;
    this.sure = (int) (window.toMillis() / millis) - 1;
    this.counts = new int[keys.length * ring];
    this.totals = new long[keys.length];
  }

  private LiveCounts(LiveCounts other) {
    bucketNanos = other.bucketNanos;
    ring = other.ring;
    sure = other.sure;
    keys = other.keys.clone();
    used = other.used.clone();
    counts = other.counts.clone();
    totals = other.totals.clone();
    groups = other.groups;
    newest = other.newest;
  }

  /** The present counts of groups. */
  LiveCounts copy() {
    return new LiveCounts(this);
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  int buckets() {
    return ring;
  }

  Duration bucket() {
    return Duration.ofNanos(bucketNanos);
  }

  /** The start of the oldest bucket. */
  Instant start() {
    return Instant.ofEpochSecond(0, (newest - ring + 1) * bucketNanos);
  }

  /** The end of the newest bucket. */
  Instant end() {
    return Instant.ofEpochSecond(0, (newest + 1) * bucketNanos);
  }

  /** Moves the window to a time and forgets what has left it. */
  void advance(Instant now) {
    advance(now, null);
  }

  /**
   * Moves the window to a time.
   *
   * @param past receives what has left it; null to forget it
   */
  void advance(Instant now, @Nullable PastCounts past) {
    long bucket = Math.floorDiv(nanos(now), bucketNanos);
    if (newest == Long.MIN_VALUE || bucket - newest >= ring) {
      for (int i = 1; past != null && newest != Long.MIN_VALUE && i <= ring; i++) {
        leave(newest - ring + i, past);
      }
      clear();
      newest = bucket;
      enter();
    } else if (newest < bucket) {
      while (newest < bucket) {
        newest++;
        int at = (int) Math.floorMod(newest, (long) ring);
        if (past != null) {
          leave(newest - ring, past);
        }
        for (int place = 0; place < keys.length; place++) {
          totals[place] -= counts[place * ring + at];
          counts[place * ring + at] = 0;
        }
      }
      enter();
    }
  }

  private void leave(long bucket, PastCounts past) {
    int at = (int) Math.floorMod(bucket, (long) ring);
    for (int place = 0; place < keys.length; place++) {
      if (counts[place * ring + at] > 0) {
        past.add(keys[place], bucket * bucketNanos, counts[place * ring + at]);
      }
    }
  }

  /** Adds the counts of all groups. */
  void addTo(Map<Long, Long> most) {
    for (int place = 0; place < keys.length; place++) {
      if (totals[place] > 0) {
        most.merge(keys[place], totals[place], Long::sum);
      }
    }
  }

  private void clear() {
    keys = new long[16];
    used = new boolean[16];
    counts = new int[keys.length * ring];
    totals = new long[keys.length];
    groups = 0;
  }

  private void enter() {
    future.removeIf((range) -> range.to() <= newest - ring);
    entered = 0;
    for (Future range : future) {
      entered += range.from() <= newest ? range.count() : 0;
    }
    if (overflowed <= newest - ring) {
      overflowed = Long.MIN_VALUE;
    }
  }

  /** Whether a time, in nanoseconds, lies in the window after the last {@link #advance}. */
  boolean isInWindow(long nanos) {
    long bucket = Math.floorDiv(nanos, bucketNanos);
    return bucket <= newest && bucket > newest - ring;
  }

  /** Counts records of the future. */
  void addFuture(long firstNanos, long lastNanos, long count) {
    long from = Math.floorDiv(firstNanos, bucketNanos);
    long to = Math.floorDiv(lastNanos, bucketNanos);
    for (int i = 0; i < future.size(); i++) {
      Future known = future.get(i);
      boolean within = known.from() <= from && known.to() >= to;
      if (within || (i == MAX_FUTURE - 1)) {
        future.set(
            i,
            new Future(
                Math.min(from, known.from()), Math.max(to, known.to()), known.count() + count));
        enter();
        return;
      }
    }
    future.add(new Future(from, to, count));
    enter();
  }

  /**
   * Counts a record of the window.
   *
   * @return how many records the group has in the window at most
   */
  long add(long key, long nanos) {
    int place = place(key);
    if (place < 0) {
      overflowed = newest;
      return Long.MAX_VALUE;
    }
    put(place, Math.floorDiv(nanos, bucketNanos), 1);
    return totals[place] + entered;
  }

  private void put(int place, long bucket, long more) {
    int at = place * ring + (int) Math.floorMod(bucket, (long) ring);
    long count = counts[at] + more;
    if (count > Integer.MAX_VALUE) {
      overflowed = newest;
      count = Integer.MAX_VALUE;
    }
    totals[place] += count - counts[at];
    counts[at] = (int) count;
  }

  /**
   * Replaces the counts of a group by what the store has counted.
   *
   * @param stored the number of records of each bucket, beginning at the oldest of {@code before}
   * @param before the counts when the store was asked, which the store has counted as well
   */
  void seed(long key, double[] stored, LiveCounts before) {
    int place = place(key);
    if (place < 0) {
      overflowed = newest;
      return;
    }
    int known = before.find(key);
    for (int i = 0; i < ring; i++) {
      long bucket = before.newest - ring + 1 + i;
      if (bucket > newest - ring && bucket <= newest && stored[i] > 0) {
        int at = (int) Math.floorMod(bucket, (long) ring);
        long counted = before.used[known] ? before.counts[known * ring + at] : 0;
        put(place, bucket, Math.max(0, (long) stored[i] - counted));
      }
    }
  }

  private int place(long key) {
    int place = find(key);
    if (used[place]) {
      return place;
    }
    if (groups * 2 >= keys.length) {
      if (!grow()) {
        return -1;
      }
      place = find(key);
    }
    used[place] = true;
    keys[place] = key;
    groups++;
    return place;
  }

  private int find(long key) {
    int mask = keys.length - 1;
    int place = (int) (key ^ (key >>> 32)) & mask;
    while (used[place] && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Makes room by forgetting empty groups or by doubling the table; false if it is too large. */
  private boolean grow() {
    long[] oldKeys = keys;
    boolean[] oldUsed = used;
    int[] oldCounts = counts;
    long[] oldTotals = totals;
    int live = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      live += oldUsed[i] && oldTotals[i] > 0 ? 1 : 0;
    }
    if (live >= MAX_GROUPS) {
      return false;
    }
    int size = live * 4 > oldKeys.length ? oldKeys.length * 2 : oldKeys.length;
    keys = new long[size];
    used = new boolean[size];
    counts = new int[size * ring];
    totals = new long[size];
    groups = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldUsed[i] && oldTotals[i] > 0) {
        int place = find(oldKeys[i]);
        used[place] = true;
        keys[place] = oldKeys[i];
        totals[place] = oldTotals[i];
        System.arraycopy(oldCounts, i * ring, counts, place * ring, ring);
        groups++;
      }
    }
    return true;
  }

  /** Whether not all groups are counted. */
  boolean isIncomplete() {
    return overflowed != Long.MIN_VALUE;
  }

  /** How many records a group may have that is not counted. */
  long unknown() {
    return isIncomplete() ? Long.MAX_VALUE : entered;
  }

  /** The largest count of a group; {@link Long#MAX_VALUE} if not all groups are counted. */
  long most() {
    return isIncomplete() ? Long.MAX_VALUE : Arrays.stream(totals).max().orElse(0) + entered;
  }

  /** How many records a group has at least. */
  long least(long key) {
    int place = find(key);
    return used[place] ? least(place) : 0;
  }

  private long least(int place) {
    long sum = 0;
    for (int i = 1; i <= sure; i++) {
      sum += counts[place * ring + (int) Math.floorMod(newest - i, (long) ring)];
    }
    return sum;
  }

  /** Whether a group that has records passes a test. */
  boolean anyGroup(Arrivals.GroupCheck test) {
    for (int place = 0; place < keys.length; place++) {
      if (totals[place] > 0 && test.test(keys[place], least(place), totals[place] + entered)) {
        return true;
      }
    }
    return false;
  }
}
