package io.logcaster.query.exec;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import java.util.List;

/**
 * Hands the rows of one scan to several sinks, each of which wants those of a range of time: blocks
 * with rows of two ranges are decoded once. Takes rows that have the times of their records.
 */
public final class TimeDivision implements RowSink {

  private final List<Part> parts;

  public TimeDivision(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * A range and who wants its rows; ranges may overlap.
   *
   * @param start the earliest time, included, in nanoseconds since the epoch
   * @param end the latest time, included
   */
  public record Part(long start, long end, RowSink sink) {}

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    if (!(frame.column(Field.TIME) instanceof TimeColumn column)) {
      throw new IllegalArgumentException("Rows without the times of their records");
    }
    long[] times = column.times();
    boolean wanted = false;
    for (Part part : parts) {
      Bitmap own = within(part, times, rows);
      // A sink that wants no more rows ignores further ones.
      wanted |= own.isEmpty() || part.sink().push(frame, own, worker);
    }
    return wanted;
  }

  private static Bitmap within(Part part, long[] times, Bitmap rows) {
    Bitmap own = rows.copy();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (times[row] < part.start() || times[row] > part.end()) {
        own.clear(row);
      }
    }
    return own;
  }
}
