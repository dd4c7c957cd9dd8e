package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.PairIds;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how often each distinct value occurs in each group, for quantiles and lists of values. */
final class ValueCounts {

  private final ValueIds values = new ValueIds();

  /** Pairs of a group and a value. */
  private final PairIds pairs = new PairIds();

  private long[] counts = new long[16];

  private int[] codes = new int[0];

  /** Values of a group with their counts, in order. */
  record Sorted(List<byte[]> values, List<Long> counts) {}

  /**
   * Takes rows.
   *
   * @param skipEmpty whether to skip empty values even of fields that were given by name
   * @param rowCounts how many rows each row stands for; null for one
   */
  void add(
      Frame frame,
      Bitmap rows,
      int @Nullable [] groups,
      List<FieldPattern> fields,
      boolean skipEmpty,
      long @Nullable [] rowCounts) {
    if (codes.length < frame.size()) {
      codes = new int[frame.size()];
    }
    for (String field : Accumulator.fields(frame, fields)) {
      boolean withEmpty = !skipEmpty && Accumulator.isNamed(fields, field);
      Column column = frame.column(field);
      column.encode(rows, values::id, codes);
      if (groups == null && rowCounts == null && withEmpty && values.size() <= frame.size()) {
        addTogether(rows);
        continue;
      }
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (withEmpty || !column.isEmpty(row)) {
          count(
              Accumulator.groupOf(groups, row),
              codes[row],
              (rowCounts == null) ? 1 : rowCounts[row]);
        }
      }
    }
  }

  /** Counts the rows of one group whose codes are known. */
  private void addTogether(Bitmap rows) {
    int[] found = new int[values.size()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      found[codes[row]]++;
    }
    for (int value = 0; value < found.length; value++) {
      if (found[value] > 0) {
        count(0, value, found[value]);
      }
    }
  }

  private void count(int group, int value, long count) {
    int id = pairs.id(group, value);
    if (id >= counts.length) {
      counts = Arrays.copyOf(counts, counts.length * 2);
    }
    counts[id] += count;
  }

  void merge(ValueCounts other, int[] mapping) {
    int[] ids = new int[other.values.size()];
    for (int id = 0; id < ids.length; id++) {
      ids[id] = values.id(other.values.array(), other.values.start(id), other.values.end(id));
    }
    for (int i = 0; i < other.pairs.size(); i++) {
      count(mapping[other.pairs.left(i)], ids[other.pairs.right(i)], other.counts[i]);
    }
  }

  /** Writes all counts. */
  void save(StateOutput out) {
    out.number(values.size());
    for (int id = 0; id < values.size(); id++) {
      out.text(values.array(), values.start(id), values.end(id));
    }
    out.number(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      out.number(pairs.left(i)).number(pairs.right(i)).number(counts[i]);
    }
  }

  /** Reads what {@link #save} wrote for a number of groups. */
  void load(StateInput in, int groups) {
    int size = in.count();
    int[] ids = new int[size];
    for (int i = 0; i < size; i++) {
      byte[] value = in.text();
      ids[i] = values.id(value, 0, value.length);
    }
    int counted = in.count(3);
    for (int i = 0; i < counted; i++) {
      count(in.below(groups), ids[in.below(size)], in.number());
    }
  }

  /** The values of each of {@code groups} groups, in order. */
  List<Sorted> sorted(int groups) {
    Integer[] order = new Integer[pairs.size()];
    Arrays.setAll(order, (i) -> i);
    byte[] bytes = values.array();
    Comparator<Integer> byValue =
        (a, b) -> {
          int left = pairs.right(a);
          int right = pairs.right(b);
          int result =
              ValueOrder.compare(
                  bytes,
                  values.start(left),
                  values.end(left),
                  bytes,
                  values.start(right),
                  values.end(right));
          return (result != 0)
              ? result
              : Arrays.compareUnsigned(
                  bytes,
                  values.start(left),
                  values.end(left),
                  bytes,
                  values.start(right),
                  values.end(right));
        };
    Arrays.sort(order, byValue);
    List<Sorted> sorted = new ArrayList<>(groups);
    for (int group = 0; group < groups; group++) {
      sorted.add(new Sorted(new ArrayList<>(), new ArrayList<>()));
    }
    for (int i : order) {
      Sorted target = sorted.get(pairs.left(i));
      target.values().add(values.value(pairs.right(i)));
      target.counts().add(counts[i]);
    }
    return sorted;
  }

  int groups() {
    int groups = 0;
    for (int i = 0; i < pairs.size(); i++) {
      groups = Math.max(groups, pairs.left(i) + 1);
    }
    return groups;
  }

  long memoryBytes() {
    return values.memoryBytes() + pairs.memoryBytes() + 8L * counts.length + 4L * codes.length;
  }
}
