package io.logcaster.cli;

import java.util.Arrays;

/** Collects the latencies of acknowledgements, in nanoseconds. Thread-safe. */
final class Latencies {

  private long[] values = new long[1_024];
  private int count;

  synchronized void add(long nanos) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = nanos;
  }

  synchronized int count() {
    return count;
  }

  /** A quantile in milliseconds. */
  synchronized double millis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count) - 1;
    return sorted[Math.clamp(rank, 0, count - 1)] / 1e6;
  }
}
