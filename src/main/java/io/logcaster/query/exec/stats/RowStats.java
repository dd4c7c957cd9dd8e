package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as a JSON object: {@code row_any()}, and the one with the extreme value of a field: {@code
 * row_min()}, {@code row_max()}.
 */
final class RowStats extends Accumulator {

  private final @Nullable String key;

  private final boolean max;

  private final List<FieldPattern> fields;

  private byte[] @Nullable [] keys = new byte[1][];

  private byte[] @Nullable [] rows = new byte[1][];

  private long held;

  /** A row that is added to its group. */
  private final ByteBuilder object = new ByteBuilder(256);

  /** For {@code row_any} the key is null. */
  RowStats(@Nullable String key, boolean max, List<FieldPattern> fields) {
    this.key = key;
    this.max = max;
    this.fields = fields;
  }

  @Override
  public void add(Frame frame, Bitmap selected, int @Nullable [] groups, int count) {
    ensure(count);
    Column column = (key == null) ? null : frame.column(key);
    List<String> names = fields(frame, fields);
    for (int row = selected.next(0); row >= 0; row = selected.next(row + 1)) {
      int group = groupOf(groups, row);
      if (column == null) {
        if (rows[group] == null) {
          put(group, new byte[0], json(frame, names, row));
        }
      } else if (isBetter(group, column.bytes(), column.start(row), column.end(row))) {
        put(
            group,
            Arrays.copyOfRange(column.bytes(), column.start(row), column.end(row)),
            json(frame, names, row));
      }
    }
  }

  private boolean isBetter(int group, byte[] bytes, int from, int to) {
    if (from == to) {
      return false;
    }
    byte[] known = keys[group];
    if (known == null) {
      return true;
    }
    int order = ValueOrder.compare(bytes, from, to, known, 0, known.length);
    return max ? order > 0 : order < 0;
  }

  private byte[] json(Frame frame, List<String> names, int row) {
    object.truncate(0);
    JsonRows.row(frame, names, row, object);
    return object.toByteArray();
  }

  private void put(int group, byte[] value, byte[] row) {
    byte[] before = rows[group];
    byte[] keyBefore = keys[group];
    held += value.length + row.length;
    held -= (before == null) ? 0 : before.length;
    held -= (keyBefore == null) ? 0 : keyBefore.length;
    keys[group] = value;
    rows[group] = row;
  }

  private void ensure(int count) {
    int capacity = capacity(rows.length, count);
    keys = Arrays.copyOf(keys, capacity);
    rows = Arrays.copyOf(rows, capacity);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    RowStats theirs = (RowStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.rows.length); i++) {
      byte[] value = theirs.keys[i];
      byte[] row = theirs.rows[i];
      if (value == null || row == null) {
        continue;
      }
      int group = mapping[i];
      if (key == null ? rows[group] == null : isBetter(group, value, 0, value.length)) {
        put(group, value, row);
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      byte[] by = (group < keys.length) ? keys[group] : null;
      byte[] kept = (group < keys.length) ? rows[group] : null;
      out.flag(by != null && kept != null);
      if (by != null && kept != null) {
        out.text(by).text(kept);
      }
    }
  }

  @Override
  public void load(StateInput in, int count) {
    ensure(count);
    for (int group = 0; group < count; group++) {
      if (in.flag()) {
        put(group, in.text(), in.text());
      }
    }
  }

  @Override
  public void print(int group, ByteBuilder target) {
    byte[] row = (group < rows.length) ? rows[group] : null;
    if (row == null) {
      target.append("{}");
    } else {
      target.append(row);
    }
  }

  @Override
  public long memoryBytes() {
    return 48L * rows.length + held;
  }
}
