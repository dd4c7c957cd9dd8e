package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.PairIds;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Hash;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts distinct tuples by their 64-bit hashes: {@code count_uniq_hash()}. Two of a billion tuples
 * share a hash with a probability of 3 %.
 */
final class DistinctHashStats extends Accumulator {

  private final List<FieldPattern> fields;

  private final long limit;

  /** The hashes of pairs of a group and a tuple. */
  private final PairIds seen = new PairIds();

  private int[] groupsOfSeen = new int[16];

  private long[] tuplesOfSeen = new long[16];

  private long[] counts = new long[1];

  DistinctHashStats(List<FieldPattern> fields, long limit) {
    this.fields = fields;
    this.limit = limit;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    Column[] columns =
        fields.stream().map((field) -> frame.column(field.name())).toArray(Column[]::new);
    Bitmap filled = DistinctStats.filled(frame, rows, fields);
    for (int row = filled.next(0); row >= 0; row = filled.next(row + 1)) {
      long hash = 0;
      for (Column column : columns) {
        hash = Hash.bytes(column.bytes(), column.start(row), column.end(row), hash);
      }
      see(groupOf(groups, row), hash);
    }
  }

  private void see(int group, long tuple) {
    if (limit > 0 && counts[group] >= limit) {
      return;
    }
    int before = seen.size();
    int id = seen.id(Hash.mix(tuple + group * 0x9E3779B97F4A7C15L));
    if (id == before && seen.size() > before) {
      counts[group]++;
      if (id == groupsOfSeen.length) {
        groupsOfSeen = Arrays.copyOf(groupsOfSeen, id * 2);
        tuplesOfSeen = Arrays.copyOf(tuplesOfSeen, id * 2);
      }
      groupsOfSeen[id] = group;
      tuplesOfSeen[id] = tuple;
    }
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    DistinctHashStats theirs = (DistinctHashStats) other;
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    for (int i = 0; i < theirs.seen.size(); i++) {
      see(mapping[theirs.groupsOfSeen[i]], theirs.tuplesOfSeen[i]);
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    out.number(seen.size());
    for (int i = 0; i < seen.size(); i++) {
      out.number(groupsOfSeen[i]).fixed(tuplesOfSeen[i]);
    }
  }

  @Override
  public void load(StateInput in, int count) {
    counts = Arrays.copyOf(counts, capacity(counts.length, count));
    int pairs = in.count(9);
    for (int i = 0; i < pairs; i++) {
      see(in.below(count), in.fixed());
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    target.append((group < counts.length) ? counts[group] : 0);
  }

  @Override
  public long memoryBytes() {
    return seen.memoryBytes() + 12L * groupsOfSeen.length + 8L * counts.length;
  }
}
