package io.logcaster.query.exec;

import io.logcaster.record.Timestamps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts over intervals of time, which are merged in pairs as the range grows. Not thread-safe. */
final class PatternTimes {

  /** The shortest interval of time: a second. */
  private static final long FINEST = Timestamps.SECOND;

  /** How many intervals a template keeps before they are merged in pairs. */
  private static final int MAX_PARTS = 2_048;

  private long width = FINEST;

  private final Map<Long, Long> counts = new HashMap<>();

  /**
   * The interval of the last row, which is mostly that of the next row too, and its count since.
   */
  private long last;

  private long pending;

  void add(long time) {
    if (Math.floorDiv(time, width) != last) {
      settle();
      last = Math.floorDiv(time, width);
    }
    pending++;
  }

  private void settle() {
    if (pending > 0) {
      long count = pending;
      pending = 0;
      add(last * width, count);
    }
  }

  private void add(long time, long count) {
    counts.merge(Math.floorDiv(time, width), count, Long::sum);
    if (counts.size() > MAX_PARTS) {
      widen();
    }
  }

  private void widen() {
    width *= 2;
    last = Long.MIN_VALUE;
    Map<Long, Long> before = Map.copyOf(counts);
    counts.clear();
    before.forEach((part, count) -> counts.merge(Math.floorDiv(part, 2L), count, Long::sum));
  }

  void addAll(PatternTimes other) {
    settle();
    other.settle();
    long step = other.width;
    other.counts.forEach((part, count) -> add(part * step + step / 2, count));
  }

  /** How many intervals have a count. */
  int size() {
    return counts.size();
  }

  List<Long> trend(int parts, long from, long to) {
    settle();
    long[] trend = new long[parts];
    double span = Math.max(1, (double) to - from + 1);
    counts.forEach(
        (part, count) -> {
          double middle = part * (double) width + width / 2.0;
          int at = (int) Math.floor((middle - from) / span * parts);
          trend[Math.clamp(at, 0, parts - 1)] += count;
        });
    return Arrays.stream(trend).boxed().toList();
  }
}
