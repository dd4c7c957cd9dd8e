package io.logcaster.query.exec.frame;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects rows, value by value, and turns them into frames. */
public final class RowList {

  /** Rows of a frame: enough to make the cost of a push negligible. */
  static final int FRAME_ROWS = 4096;

  /** A frame is full at this many bytes of values, however few its rows. */
  private static final int FRAME_BYTES = 4 << 20;

  private final List<String> names = new ArrayList<>();

  private final List<Values> columns = new ArrayList<>();

  private final Map<String, Integer> numbers = new HashMap<>();

  private int size;

  private long bytes;

  /** The number of a field's column, for {@link #set}. */
  public int column(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    names.add(name);
    columns.add(new Values());
    numbers.put(name, columns.size() - 1);
    return columns.size() - 1;
  }

  public int size() {
    return size;
  }

  /** Sets a value of the current row. */
  public RowList set(int column, byte[] bytes, int from, int to) {
    columns.get(column).set(size, bytes, from, to);
    this.bytes += to - from;
    return this;
  }

  public RowList set(int column, byte[] value) {
    return set(column, value, 0, value.length);
  }

  public RowList set(int column, String value) {
    return set(column, value.getBytes(StandardCharsets.UTF_8));
  }

  public RowList set(int column, ByteBuilder value) {
    return set(column, value.array(), 0, value.length());
  }

  /** Ends the current row. */
  public void end() {
    size++;
  }

  public boolean isFull() {
    return size >= FRAME_ROWS || bytes >= FRAME_BYTES;
  }

  /** Returns the rows so far as a frame, and empties the list. */
  public Frame take() {
    TableFrame.Builder builder = TableFrame.builder(size);
    for (int i = 0; i < columns.size(); i++) {
      builder.put(names.get(i), columns.get(i).take(names.get(i), size));
    }
    size = 0;
    bytes = 0;
    return builder.build();
  }

  /** Pushes the rows so far, if any; returns whether more rows are wanted. */
  public boolean flush(RowSink next, int worker) {
    if (size == 0) {
      return true;
    }
    int count = size;
    return WorkLimit.inPart(() -> next.push(take(), Bitmap.all(count), worker));
  }

  private static final class Values {

    private ByteBuilder bytes = new ByteBuilder(64);

    private int[] ends = new int[16];

    private int rows;

    void set(int row, byte[] source, int from, int to) {
      pad(row);
      if (rows > row) {
        bytes.truncate((row == 0) ? 0 : ends[row - 1]);
        rows = row;
      }
      if (row == ends.length) {
        ends = Arrays.copyOf(ends, row * 2);
      }
      bytes.append(source, from, to);
      ends[row] = bytes.length();
      rows = row + 1;
    }

    private void pad(int row) {
      if (row > ends.length) {
        ends = Arrays.copyOf(ends, Math.max(row, ends.length * 2));
      }
      while (rows < row) {
        ends[rows++] = bytes.length();
      }
    }

    ArenaColumn take(String name, int size) {
      pad(size);
      ArenaColumn column = new ArenaColumn(name, bytes.array(), ends, size);
      bytes = new ByteBuilder(Math.max(64, bytes.length()));
      ends = new int[16];
      rows = 0;
      return column;
    }
  }
}
