package io.logcaster.query.exec.compare;

import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How often each value of a field occurs. A field with more than {@value #MAX_VALUES} values is
 * counted by intervals if all of them are numbers; of any other only the records that have it are
 * counted.
 */
final class FieldTally {

  static final int MAX_VALUES = 10_000;

  /** Longer values are texts that hardly repeat. */
  private static final int MAX_LENGTH = 256;

  /** The code of a row without the field. */
  private static final int ABSENT = 0;

  /** The code of a value that is not counted by itself. */
  private static final int OTHER = 1;

  private static final int FIRST = 2;

  /** The memory of an interval, in bytes: an entry of a map with its key and value. */
  private static final int INTERVAL_BYTES = 96;

  /** The memory of a field without any value, in bytes. */
  private static final int BYTES = 200;

  private enum Kind {
    VALUES,
    INTERVALS,
    PRESENCE
  }

  private Kind kind = Kind.VALUES;

  private ValueIds ids = new ValueIds();

  /** The numbers of intervals by their least value. */
  private final Map<Double, Integer> intervals = new HashMap<>();

  private long[] counts = new long[16];

  private long present;

  private final BytesEncoder encoder = this::code;

  void add(Column column, Bitmap rows) {
    int[] codes = new int[rows.size()];
    if (kind == Kind.VALUES) {
      // Numbered before they are counted: a column may turn out to have too many values halfway.
      column.encode(rows, encoder, codes);
    }
    if (kind == Kind.INTERVALS) {
      column.encode(rows, encoder, codes);
    }
    if (kind == Kind.PRESENCE) {
      column.encode(rows, (bytes, from, to) -> (from == to) ? ABSENT : OTHER, codes);
    }
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      count(codes[row], 1);
    }
  }

  private void count(int code, long by) {
    if (code == ABSENT) {
      return;
    }
    present += by;
    if (code >= FIRST && kind != Kind.PRESENCE) {
      if (code >= counts.length) {
        counts = Arrays.copyOf(counts, Math.max(code + 1, counts.length * 2));
      }
      counts[code] += by;
    }
  }

  private int code(byte[] bytes, int from, int to) {
    if (from == to) {
      return ABSENT;
    }
    return switch (kind) {
      case VALUES -> value(bytes, from, to);
      case INTERVALS -> interval(bytes, from, to);
      case PRESENCE -> OTHER;
    };
  }

  private int value(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return OTHER;
    }
    int id = ids.id(bytes, from, to);
    if (id < MAX_VALUES) {
      return id + FIRST;
    }
    widen();
    return code(bytes, from, to);
  }

  private int interval(byte[] bytes, int from, int to) {
    double number = Numbers.parse(bytes, from, to);
    if (!Double.isFinite(number)) {
      keepPresenceOnly();
      return OTHER;
    }
    return interval(number) + FIRST;
  }

  private int interval(double number) {
    Double least = least(number);
    Integer known = intervals.get(least);
    if (known == null) {
      known = intervals.size();
      intervals.put(least, known);
    }
    return known;
  }

  /** The least number of the interval of a number: intervals are a 256th of the number wide. */
  private static double least(double number) {
    long bits = Double.doubleToLongBits(number + 0.0); // no negative zero
    // In the order of the numbers, also below zero.
    long ordered = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    long cut = ordered >> 44 << 44;
    return Double.longBitsToDouble(cut ^ ((cut >> 63) & Long.MAX_VALUE));
  }

  /** Counts by intervals from now on, or only the presence if not all values are numbers. */
  private void widen() {
    long[] before = counts;
    ValueIds values = ids;
    kind = Kind.INTERVALS;
    ids = new ValueIds();
    counts = new long[16];
    for (int id = 0; id < Math.min(values.size(), MAX_VALUES) && kind == Kind.INTERVALS; id++) {
      int code = interval(values.array(), values.start(id), values.end(id));
      long count = (id + FIRST < before.length) ? before[id + FIRST] : 0;
      if (count > 0 && code >= FIRST) {
        present -= count;
        count(code, count);
      }
    }
  }

  private void keepPresenceOnly() {
    kind = Kind.PRESENCE;
    ids = new ValueIds();
    intervals.clear();
    counts = new long[0];
  }

  /** Adds what another counted. */
  void merge(FieldTally other) {
    long all = present + other.present;
    if (other.kind == Kind.PRESENCE) {
      keepPresenceOnly();
    } else if (other.kind == Kind.INTERVALS && kind == Kind.VALUES) {
      widen();
    }
    // Each value may make the counts coarser on the way.
    for (int id = 0; id < other.ids.size(); id++) {
      count(code(other.ids.array(), other.ids.start(id), other.ids.end(id)), other.countOf(id));
    }
    if (kind == Kind.INTERVALS) {
      other.intervals.forEach((least, at) -> count(interval(least) + FIRST, other.countOf(at)));
    }
    present = all;
  }

  private long countOf(int id) {
    return (id + FIRST < counts.length) ? counts[id + FIRST] : 0;
  }

  /** How many records have the field. */
  long present() {
    return present;
  }

  /** The counts by value; empty if they are not known. */
  Map<String, Long> values() {
    Map<String, Long> values = new HashMap<>();
    for (int id = 0; id < ids.size(); id++) {
      values.put(new String(ids.value(id), StandardCharsets.UTF_8), countOf(id));
    }
    return values;
  }

  /** Whether values are counted by themselves. */
  boolean hasValues() {
    return kind == Kind.VALUES;
  }

  /**
   * The counts by number, or by the least number of an interval if one of the sides has intervals;
   * empty if a value is no number.
   */
  NavigableMap<Double, Long> numbers(boolean byIntervals) {
    NavigableMap<Double, Long> numbers = new TreeMap<>();
    if (kind == Kind.INTERVALS) {
      intervals.forEach((least, at) -> numbers.merge(least, countOf(at), Long::sum));
    }
    for (int id = 0; id < ids.size(); id++) {
      double number = Numbers.parse(ids.array(), ids.start(id), ids.end(id));
      if (!Double.isFinite(number)) {
        return new TreeMap<>();
      }
      numbers.merge(byIntervals ? least(number) : number + 0.0, countOf(id), Long::sum);
    }
    return numbers;
  }

  long memoryBytes() {
    return BYTES
        + ids.memoryBytes()
        + 8L * counts.length
        + (long) INTERVAL_BYTES * intervals.size();
  }
}
