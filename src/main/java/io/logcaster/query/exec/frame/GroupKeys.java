package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.List;
import java.util.function.Supplier;

/**
 * Numbers the groups of rows that agree in some fields. Each field numbers its values; pairs of
 * numbers are numbered again, field by field, so that no text is built for a row. Not thread-safe:
 * each worker has its own, and they are merged in the end.
 */
public final class GroupKeys {

  private final KeyColumn[] columns;

  /** From the second field on: numbers the pairs of a group by the fields before, and a value. */
  private final PairIds[] pairs;

  private int[] codes = new int[0];

  public GroupKeys(List<Supplier<KeyColumn>> columns) {
    this.columns = columns.stream().map(Supplier::get).toArray(KeyColumn[]::new);
    pairs = new PairIds[Math.max(0, this.columns.length - 1)];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new PairIds();
    }
  }

  /** The number of groups; without fields there is one. */
  public int size() {
    return (columns.length == 0)
        ? 1
        : (columns.length == 1) ? columns[0].size() : pairs[pairs.length - 1].size();
  }

  /**
   * Numbers rows.
   *
   * @param groups receives the group of each selected row, by the row's number
   */
  public void encode(Frame frame, Bitmap rows, int[] groups) {
    columns[0].encode(frame, rows, groups);
    for (int i = 1; i < columns.length; i++) {
      if (codes.length < frame.size()) {
        codes = new int[frame.size()];
      }
      columns[i].encode(frame, rows, codes);
      PairIds ids = pairs[i - 1];
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        groups[row] = ids.id(groups[row], codes[row]);
      }
    }
  }

  /** Adds the groups of another worker; returns the number here of each group there. */
  public int[] merge(GroupKeys other) {
    if (columns.length == 0) {
      return new int[] {0};
    }
    int[] groups = columns[0].merge(other.columns[0]);
    for (int i = 1; i < columns.length; i++) {
      int[] values = columns[i].merge(other.columns[i]);
      PairIds theirs = other.pairs[i - 1];
      int[] merged = new int[theirs.size()];
      for (int id = 0; id < merged.length; id++) {
        merged[id] = pairs[i - 1].id(groups[theirs.left(id)], values[theirs.right(id)]);
      }
      groups = merged;
    }
    return groups;
  }

  /** Appends the value of a field in a group. */
  public void print(int group, int column, ByteBuilder target) {
    int at = group;
    for (int i = columns.length - 1; i > column; i--) {
      at = pairs[i - 1].left(at);
    }
    columns[column].print((column == 0) ? at : pairs[column - 1].right(at), target);
  }

  /** Writes the values of all groups. */
  public void save(StateOutput out) {
    out.number(size());
    ByteBuilder value = new ByteBuilder(64);
    for (int group = 0; group < size(); group++) {
      for (int column = 0; column < columns.length; column++) {
        value.truncate(0);
        print(group, column, value);
        out.text(value);
      }
    }
  }

  /** Reads what {@link #save} wrote, where there are no groups yet. Groups keep their numbers. */
  public void load(StateInput in) {
    if (columns.length == 0) {
      in.number();
      return;
    }
    int groups = in.count(columns.length);
    for (int group = 0; group < groups; group++) {
      int id = columns[0].load(in.text());
      for (int column = 1; column < columns.length; column++) {
        id = pairs[column - 1].id(id, columns[column].load(in.text()));
      }
      if (id != group) {
        throw new BadStateException("Group " + group + " occurs twice");
      }
    }
  }

  public long memoryBytes() {
    long bytes = 0;
    for (KeyColumn column : columns) {
      bytes += column.memoryBytes();
    }
    for (PairIds ids : pairs) {
      bytes += ids.memoryBytes();
    }
    return bytes;
  }
}
