package io.logcaster.query.exec.frame;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The times of records as numbers; converted to text on request. */
public final class TimeColumn extends Column {

  private final long[] times;

  private final int size;

  private byte @Nullable [] text;

  private byte[] lengths = {};

  /** Wraps an array, which now belongs to the column. */
  TimeColumn(long[] times, int size) {
    super(Field.TIME);
    this.times = times;
    this.size = size;
  }

  /** Nanoseconds since the epoch of each row. */
  public long[] times() {
    return times;
  }

  /** The text of one time, without converting the others. */
  byte[] value(int row) {
    byte[] value = new byte[Timestamps.MAX_LENGTH];
    return Arrays.copyOf(value, Timestamps.format(times[row], value, 0));
  }

  @Override
  public byte[] bytes() {
    if (text == null) {
      byte[] written = new byte[size * Timestamps.MAX_LENGTH];
      lengths = new byte[size];
      for (int row = 0; row < size; row++) {
        int start = row * Timestamps.MAX_LENGTH;
        lengths[row] = (byte) (Timestamps.format(times[row], written, start) - start);
      }
      text = written;
    }
    return text;
  }

  @Override
  public int start(int row) {
    return row * Timestamps.MAX_LENGTH;
  }

  @Override
  public int end(int row) {
    bytes();
    return row * Timestamps.MAX_LENGTH + lengths[row];
  }

  @Override
  public void retain(
      io.logcaster.record.Bitmap rows, io.logcaster.record.BytesPredicate predicate) {
    byte[] value = new byte[Timestamps.MAX_LENGTH];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!predicate.test(value, 0, Timestamps.format(times[row], value, 0))) {
        rows.clear(row);
      }
    }
  }

  @Override
  public String type() {
    return "timestamp";
  }

  @Override
  public long memoryBytes() {
    return 8L * size;
  }
}
