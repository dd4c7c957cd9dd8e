package io.logcaster.query.exec.stats;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Picks the value of a field from one row: any non-empty one, or that of the row with the largest
 * or smallest value in another field.
 */
final class PickStats extends Accumulator {

  private final @Nullable String key;

  private final boolean max;

  private final String field;

  private byte[] @Nullable [] keys = new byte[1][];

  private byte[] @Nullable [] values = new byte[1][];

  private long held;

  /** Picks by a key; without one, any non-empty value. */
  PickStats(@Nullable String key, boolean max, String field) {
    this.key = key;
    this.max = max;
    this.field = field;
  }

  @Override
  public void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count) {
    ensure(count);
    Column column = frame.column(field).readable(rows);
    Column by = (key == null) ? column : frame.column(key).readable(rows);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int group = groupOf(groups, row);
      if (isBetter(group, by.bytes(), by.start(row), by.end(row))) {
        put(group, copy(by, row), copy(column, row));
      }
    }
  }

  private static byte[] copy(Column column, int row) {
    return Arrays.copyOfRange(column.bytes(), column.start(row), column.end(row));
  }

  private boolean isBetter(int group, byte[] bytes, int from, int to) {
    byte[] known = keys[group];
    if (from == to || known == null || key == null) {
      return from < to && known == null;
    }
    int order = ValueOrder.compare(bytes, from, to, known, 0, known.length);
    return max ? order > 0 : order < 0;
  }

  private void put(int group, byte[] by, byte[] value) {
    byte[] oldKey = keys[group];
    byte[] oldValue = values[group];
    held += by.length + value.length;
    held -= (oldKey == null) ? 0 : oldKey.length;
    held -= (oldValue == null) ? 0 : oldValue.length;
    keys[group] = by;
    values[group] = value;
  }

  private void ensure(int count) {
    int capacity = capacity(keys.length, count);
    keys = Arrays.copyOf(keys, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  public void merge(Accumulator other, int[] mapping, int count) {
    PickStats theirs = (PickStats) other;
    ensure(count);
    for (int i = 0; i < Math.min(mapping.length, theirs.keys.length); i++) {
      byte[] by = theirs.keys[i];
      byte[] value = theirs.values[i];
      if (by != null && value != null && isBetter(mapping[i], by, 0, by.length)) {
        put(mapping[i], by, value);
      }
    }
  }

  @Override
  public void save(StateOutput out, int count) {
    for (int group = 0; group < count; group++) {
      byte[] by = (group < keys.length) ? keys[group] : null;
      byte[] kept = (group < keys.length) ? values[group] : null;
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
    byte[] value = (group < values.length) ? values[group] : null;
    if (value != null) {
      target.append(value);
    }
  }

  @Override
  public long memoryBytes() {
    return 48L * keys.length + held;
  }
}
