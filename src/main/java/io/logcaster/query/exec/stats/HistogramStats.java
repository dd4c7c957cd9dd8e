package io.logcaster.query.exec.stats;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts numbers in buckets: {@code histogram()}. Eighteen buckets to each power of ten, from 10^-9
 * to 10^18, one for smaller and one for larger numbers; negative numbers are skipped. The buckets
 * are those of VictoriaMetrics, so that its tools can read them.
 */
final class HistogramStats extends Accumulator {

  private static final int PER_DECADE = 18;

  private static final int MIN_EXPONENT = -9;

  private static final int MAX_EXPONENT = 18;

  private static final int BUCKETS = (MAX_EXPONENT - MIN_EXPONENT) * PER_DECADE;

  private final String field;

  /** For each group the counts of: too small, each bucket, too large. */
  private long[] @Nullable [] counts = new long[1][];

  private double[] numbers = new double[0];

  HistogramStats(String field) {
    this.field = field;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    add(frame, rows, groups, count, null);
  }

  @Override
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count, rowCounts);
  }

  private void add(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long @Nullable [] rowCounts) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    if (numbers.length < frame.size()) {
      numbers = new double[frame.size()];
    }
    frame.column(field).measure(rows, Numbers.PARSE, numbers);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (numbers[row] >= 0) {
        counts(groupOf(groups, row))[bucket(numbers[row])] +=
            (rowCounts == null) ? 1 : rowCounts[row];
      }
    }
  }

  private long[] counts(int group) {
    long[] known = counts[group];
    if (known == null) {
      known = new long[BUCKETS + 2];
      counts[group] = known;
    }
    return known;
  }

  private static int bucket(double number) {
    if (number == 0) {
      return 0;
    }
    double index = (Math.log10(number) - MIN_EXPONENT) * PER_DECADE;
    if (index < 0) {
      return 0;
    }
    if (index >= BUCKETS) {
      return BUCKETS + 1;
    }
    int bucket = (int) index;
    // A power of ten belongs to the bucket that it ends.
    if (index == bucket && bucket > 0) {
      bucket--;
    }
    return bucket + 1;
  }

  private static String bound(int bucket) {
    double value = Math.pow(10, MIN_EXPONENT + bucket / (double) PER_DECADE);
    return String.format(Locale.ROOT, "%.3e", value);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    long[][] theirs = ((HistogramStats) other).counts;
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    for (int i = 0; i < Math.min(mapping.length, theirs.length); i++) {
      long[] more = theirs[i];
      if (more != null) {
        long[] target = counts(mapping[i]);
        for (int bucket = 0; bucket < target.length; bucket++) {
          target[bucket] += more[bucket];
        }
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      long[] buckets = (group < counts.length) ? counts[group] : null;
      out.number((buckets == null) ? 0 : Arrays.stream(buckets).filter((hits) -> hits > 0).count());
      for (int bucket = 0; buckets != null && bucket < buckets.length; bucket++) {
        if (buckets[bucket] > 0) {
          out.number(bucket).number(buckets[bucket]);
        }
      }
    }
  }

  @Override
  public void load(StateInput in, int count) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    for (int group = 0; group < count; group++) {
      int buckets = in.count(2);
      for (int i = 0; i < buckets; i++) {
        counts(group)[in.below(BUCKETS + 2)] = in.number();
      }
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append('[');
    long[] buckets = (group < counts.length) ? counts[group] : null;
    if (buckets != null) {
      boolean first = true;
      for (int bucket = 0; bucket < buckets.length; bucket++) {
        if (buckets[bucket] > 0) {
          target.append(first ? "" : ",").append("{\"vmrange\":\"").append(range(bucket));
          target.append("\",\"hits\":").append(buckets[bucket]).append('}');
          first = false;
        }
      }
    }
    target.append(']');
  }

  private static String range(int bucket) {
    if (bucket == 0) {
      return "0..." + bound(0);
    }
    return (bucket > BUCKETS)
        ? bound(BUCKETS) + "...+Inf"
        : bound(bucket - 1) + "..." + bound(bucket);
  }

  @Override
  public long memoryBytes() {
    long bytes = 8L * numbers.length;
    for (long[] buckets : counts) {
      bytes += (buckets == null) ? 8 : 8L * (BUCKETS + 2);
    }
    return bytes;
  }
}
