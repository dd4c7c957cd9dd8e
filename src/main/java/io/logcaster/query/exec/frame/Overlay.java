package io.logcaster.query.exec.frame;

import io.logcaster.query.ast.Overwrite;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * New values for fields of some rows of a frame, laid over the old ones. Rows are set in ascending
 * order.
 */
public final class Overlay {

  private final Frame frame;

  private final Overwrite overwrite;

  private final Map<String, Values> fields = new LinkedHashMap<>();

  public Overlay(Frame frame, Overwrite overwrite) {
    this.frame = frame;
    this.overwrite = overwrite;
  }

  /** Sets a value; a second one for the same field and row replaces the first. */
  public void put(int row, String field, byte[] bytes, int from, int to) {
    if (from == to && overwrite == Overwrite.SKIP_EMPTY) {
      return;
    }
    Values values = fields.get(field);
    if (values == null) {
      values = new Values(frame.size(), frame.column(field));
      fields.put(field, values);
    }
    if (overwrite != Overwrite.KEEP_ORIGINAL || values.old.isEmpty(row)) {
      values.put(row, bytes, from, to);
    }
  }

  public void put(int row, String field, ByteBuilder value) {
    put(row, field, value.array(), 0, value.length());
  }

  public void clear(int row, String field) {
    put(row, field, new byte[0], 0, 0);
  }

  /** The frame with the new values. */
  public Frame build(Bitmap rows) {
    if (fields.isEmpty()) {
      return frame;
    }
    TableFrame.Builder builder = TableFrame.builder(frame);
    fields.forEach((name, values) -> builder.put(name, values.merge(name, rows)));
    return builder.build();
  }

  /** A column with the values of {@code one} in marked rows, and of {@code other} elsewhere. */
  public static Column choose(String name, Bitmap rows, Bitmap marked, Column one, Column other) {
    ByteBuilder bytes = new ByteBuilder(256);
    int[] ends = new int[rows.size()];
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, bytes.length());
      Column source = marked.get(row) ? one : other;
      bytes.append(source.bytes(), source.start(row), source.end(row));
      ends[row] = bytes.length();
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, bytes.length());
    return new ArenaColumn(name, bytes.array(), ends, ends.length);
  }

  private static final class Values {

    private final Column old;

    private final Bitmap set;

    private final ByteBuilder bytes = new ByteBuilder(256);

    private final int[] starts;

    private final int[] ends;

    Values(int size, Column old) {
      this.old = old;
      set = Bitmap.none(size);
      starts = new int[size];
      ends = new int[size];
    }

    void put(int row, byte[] source, int from, int to) {
      starts[row] = bytes.length();
      bytes.append(source, from, to);
      ends[row] = bytes.length();
      set.set(row);
    }

    Column merge(String name, Bitmap rows) {
      ByteBuilder merged = new ByteBuilder(bytes.length());
      int[] mergedEnds = new int[starts.length];
      int filled = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        Arrays.fill(mergedEnds, filled, row, merged.length());
        if (set.get(row)) {
          merged.append(bytes.array(), starts[row], ends[row]);
        } else {
          merged.append(old.bytes(), old.start(row), old.end(row));
        }
        mergedEnds[row] = merged.length();
        filled = row + 1;
      }
      Arrays.fill(mergedEnds, filled, mergedEnds.length, merged.length());
      return new ArenaColumn(name, merged.array(), mergedEnds, mergedEnds.length);
    }
  }
}
