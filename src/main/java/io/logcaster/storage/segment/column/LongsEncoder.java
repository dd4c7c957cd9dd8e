package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.Bits;
import io.logcaster.storage.segment.bytes.BodyWriter;
import java.util.Arrays;

/**
 * Encodes a sequence of numbers compactly; estimates the size of each layout instead of trying it.
 * First it takes the offsets of the numbers from the smallest, or the differences of neighbours if
 * their range is smaller. It packs these into bits, or writes a dictionary if few values repeat. If
 * the distribution is skewed, it packs only the low bits, which look random, and writes the high
 * bits to the compressed area, so that a few large values do not widen all others. Reusable, not
 * thread-safe.
 */
public final class LongsEncoder {

  /** For fewer numbers, the tables of a compressed layout cost more than they save. */
  private static final int MIN_MODELLED = 64;

  static final int MAX_DICTIONARY = 256;

  /**
   * How many of the top bits of a typical value (the 90th percentile) go to the compressed area:
   * enough to show the entropy coder the shape of the distribution, few enough to fit in one byte.
   */
  private static final int MODELLED_BITS = 6;

  private static final int TABLE = 1024;

  private static final double[] WEIGHTS = new double[1024];

  static {
    for (int n = 2; n < WEIGHTS.length; n++) {
      WEIGHTS[n] = n * Math.log(n) / Math.log(2);
    }
  }

  private long[] work = new long[0];

  private final int[] widths = new int[65];

  private final int[] histogram = new int[256];

  private final long[] keys = new long[TABLE];

  private final short[] codes = new short[TABLE];

  private final long[] distinct = new long[MAX_DICTIONARY];

  private int distinctCount;

  /**
   * Writes numbers.
   *
   * @param values the numbers; not modified
   */
  public void encode(long[] values, int count, BodyWriter body) {
    if (count == 0) {
      return;
    }
    long min = values[0];
    long max = values[0];
    long minStep = Long.MAX_VALUE;
    long maxStep = Long.MIN_VALUE;
    long before = values[0];
    for (int i = 1; i < count; i++) {
      long value = values[i];
      long step = value - before;
      before = value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      minStep = Math.min(minStep, step);
      maxStep = Math.max(maxStep, step);
    }
    if (work.length < count) {
      work = new long[Math.max(count, work.length * 2)];
    }
    int width = Bits.width(max - min);
    int stepWidth = (count > 1) ? Bits.width(maxStep - minStep) : 64;
    if (stepWidth < width) {
      body.meta.put(LongsLayout.DELTA);
      body.meta.putSigned(values[0]);
      body.meta.putSigned(minStep);
      for (int i = 1; i < count; i++) {
        work[i - 1] = values[i] - values[i - 1] - minStep;
      }
      offsets(count - 1, stepWidth, body);
    } else {
      body.meta.put(0);
      body.meta.putSigned(min);
      for (int i = 0; i < count; i++) {
        work[i] = values[i] - min;
      }
      offsets(count, width, body);
    }
  }

  /** Writes the numbers in {@link #work}, the smallest of which is 0. */
  private void offsets(int count, int width, BodyWriter body) {
    int layoutAt = body.meta.length();
    body.meta.put(width);
    if (width == 0) {
      return;
    }
    if (count >= MIN_MODELLED && model(count, width, body, layoutAt)) {
      return;
    }
    Bits.pack(work, count, width, body.hard);
  }

  /** Writes a dictionary or a split if one of them is smaller than packed bits. */
  private boolean model(int count, int width, BodyWriter body, int layoutAt) {
    double packed = (double) count * width;
    if (width > 2 && findDistinct(count)) {
      Arrays.fill(histogram, 0);
      for (int i = 0; i < count; i++) {
        histogram[codes[place(work[i])] - 1]++;
      }
      double bits = entropy(count) + distinctCount * 16.0;
      if (bits < packed * 0.9) {
        writeDictionary(count, body, layoutAt);
        return true;
      }
    }
    Arrays.fill(widths, 0);
    for (int i = 0; i < count; i++) {
      widths[64 - Long.numberOfLeadingZeros(work[i])]++;
    }
    int usual = 0;
    for (int seen = 0; seen < count * 9L / 10; usual++) {
      seen += widths[usual];
    }
    usual--;
    int low = Math.clamp(usual - MODELLED_BITS, 0, Bits.MAX_PACKED);
    if (width <= 8) {
      low = 0;
    }
    Arrays.fill(histogram, 0);
    int large = 0;
    for (int i = 0; i < count; i++) {
      long high = work[i] >>> low;
      if (high > 127 || high < 0) {
        large++;
      }
      histogram[(high < 0) ? 255 : (int) Math.min(high, 255)]++;
    }
    boolean bytes = width - low <= 8;
    double split =
        (double) count * low + entropy(count) + 64 * 8 + (bytes ? 0 : large * (width - low - 7.0));
    if (split >= packed * 0.95) {
      return false;
    }
    body.meta.array()[layoutAt] = (byte) (width | LongsLayout.SPLIT);
    body.meta.put(low);
    Bits.pack(work, count, low, body.hard);
    if (bytes) {
      int at = body.soft.reserve(count);
      byte[] target = body.soft.array();
      for (int i = 0; i < count; i++) {
        target[at + i] = (byte) (work[i] >>> low);
      }
      body.soft.length(at + count);
    } else {
      for (int i = 0; i < count; i++) {
        body.soft.putVarint(work[i] >>> low);
      }
    }
    return true;
  }

  /** Estimates the number of bits that an entropy coder needs for the histogram. */
  private double entropy(int count) {
    double bits = weight(count);
    for (int n : histogram) {
      if (n > 1) {
        bits -= weight(n);
      }
    }
    return bits;
  }

  /** {@code n log n}, from a table for the numbers of rows that blocks mostly have. */
  private static double weight(int n) {
    return (n < WEIGHTS.length) ? WEIGHTS[n] : n * Math.log(n) / Math.log(2);
  }

  private int place(long value) {
    int at = (int) ((value * 0x9E3779B97F4A7C15L) >>> 54);
    while (codes[at] != 0 && keys[at] != value) {
      at = at + 1 & TABLE - 1;
    }
    return at;
  }

  /** Assigns codes to the distinct values. Returns false if there are too many for a dictionary. */
  private boolean findDistinct(int count) {
    Arrays.fill(codes, (short) 0);
    distinctCount = 0;
    int limit = Math.min(MAX_DICTIONARY, count / 4);
    for (int i = 0; i < count; i++) {
      int at = place(work[i]);
      if (codes[at] == 0) {
        if (distinctCount == limit) {
          return false;
        }
        keys[at] = work[i];
        distinct[distinctCount++] = work[i];
        codes[at] = (short) distinctCount;
      }
    }
    return true;
  }

  private void writeDictionary(int count, BodyWriter body, int layoutAt) {
    body.meta.array()[layoutAt] = (byte) LongsLayout.DICTIONARY;
    body.meta.putVarint(distinctCount);
    for (int i = 0; i < distinctCount; i++) {
      body.meta.putVarint(distinct[i]);
    }
    int at = body.soft.reserve(count);
    byte[] target = body.soft.array();
    for (int i = 0; i < count; i++) {
      target[at + i] = (byte) (codes[place(work[i])] - 1);
    }
    body.soft.length(at + count);
  }
}
