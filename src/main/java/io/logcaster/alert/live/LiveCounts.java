package io.logcaster.alert.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Counts the records of each group of a rule in its window as they arrive. The counts are upper
 * bounds: the window is rounded up to whole buckets, and groups whose keys collide are counted
 * together. So they can show that a condition does not hold; whether it does, the store knows.
 *
 * <p>Not thread-safe.
 */
final class LiveCounts {

  /** A window has this many buckets, so that it is rounded up by a few percent. */
  private static final int BUCKETS = 32;

  private static final long LEAST_BUCKET_MILLIS = 250;

  /** With more groups, the counts of one rule would take too much memory. */
  static final int MAX_GROUPS = 4_096;

  private final long bucketNanos;
  private final int ring;

  private long[] keys = new long[16];
  private boolean[] used = new boolean[16];
  private int[] counts;
  private int groups;
  private long newest = Long.MIN_VALUE;
  private boolean overflowed;

  LiveCounts(Duration window) {
    long millis = Math.max(LEAST_BUCKET_MILLIS, Math.ceilDiv(window.toMillis(), BUCKETS));
    this.bucketNanos = millis * 1_000_000;
    // One more for the part at the window's start, and one for the current bucket.
    this.ring = (int) Math.ceilDiv(window.toMillis(), millis) + 2;
    this.counts = new int[keys.length * ring];
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /** Moves the window to a time and forgets what has left it. */
  void advance(Instant now) {
    long bucket = Math.floorDiv(nanos(now), bucketNanos);
    if (newest == Long.MIN_VALUE || bucket - newest >= ring) {
      clear();
      newest = bucket;
      return;
    }
    while (newest < bucket) {
      newest++;
      int at = (int) Math.floorMod(newest, (long) ring);
      for (int place = 0; place < keys.length; place++) {
        counts[place * ring + at] = 0;
      }
    }
  }

  private void clear() {
    keys = new long[16];
    used = new boolean[16];
    counts = new int[keys.length * ring];
    groups = 0;
    overflowed = false;
  }

  /** Whether a time, in nanoseconds, lies in the window after the last {@link #advance}. */
  boolean isInWindow(long nanos) {
    long bucket = Math.floorDiv(nanos, bucketNanos);
    return bucket <= newest && bucket > newest - ring;
  }

  /**
   * Counts a record of the window.
   *
   * @return how many records the group has in the window now
   */
  int add(long key, long nanos) {
    int place = place(key);
    if (place < 0) {
      overflowed = true;
      return Integer.MAX_VALUE;
    }
    int at = (int) Math.floorMod(Math.floorDiv(nanos, bucketNanos), (long) ring);
    counts[place * ring + at]++;
    return sum(place);
  }

  private int sum(int place) {
    int sum = 0;
    for (int i = place * ring; i < (place + 1) * ring; i++) {
      sum += counts[i];
    }
    return sum;
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
    int live = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      live += oldUsed[i] && sum(i) > 0 ? 1 : 0;
    }
    if (live >= MAX_GROUPS) {
      return false;
    }
    int size = live * 4 > oldKeys.length ? oldKeys.length * 2 : oldKeys.length;
    keys = new long[size];
    used = new boolean[size];
    counts = new int[size * ring];
    groups = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldUsed[i]
          && Arrays.stream(oldCounts, i * ring, (i + 1) * ring).anyMatch((count) -> count > 0)) {
        int place = find(oldKeys[i]);
        used[place] = true;
        keys[place] = oldKeys[i];
        System.arraycopy(oldCounts, i * ring, counts, place * ring, ring);
        groups++;
      }
    }
    return true;
  }

  /** The largest count of a group; {@link Integer#MAX_VALUE} if not all groups are counted. */
  int largest() {
    if (overflowed) {
      return Integer.MAX_VALUE;
    }
    int largest = 0;
    for (int place = 0; place < keys.length; place++) {
      if (used[place]) {
        largest = Math.max(largest, sum(place));
      }
    }
    return largest;
  }
}
