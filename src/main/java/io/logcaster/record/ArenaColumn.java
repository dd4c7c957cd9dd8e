package io.logcaster.record;

/** A column whose values are stored back to back in one array. */
public final class ArenaColumn extends Column {

  private final byte[] arena;

  private final int[] ends;

  private final int size;

  /**
   * Wraps arrays, which now belong to the column.
   *
   * @param name the field's name
   * @param arena the values of all rows, in order
   * @param ends for each row the index after its last byte; a row begins where the previous row
   *     ends, the first at 0
   * @param size the number of rows, at most {@code ends.length}
   */
  public ArenaColumn(String name, byte[] arena, int[] ends, int size) {
    super(name);
    this.arena = arena;
    this.ends = ends;
    this.size = size;
  }

  @Override
  public byte[] bytes() {
    return arena;
  }

  @Override
  public int start(int row) {
    return (row == 0) ? 0 : ends[row - 1];
  }

  @Override
  public int end(int row) {
    return ends[row];
  }

  /** The total length of all values in bytes. */
  public int textBytes() {
    return (size == 0) ? 0 : ends[size - 1];
  }

  @Override
  public long textBytes(int rows) {
    return (rows == 0) ? 0 : ends[rows - 1];
  }

  @Override
  public Column pick(int[] rows) {
    int[] picked = new int[rows.length];
    byte[] target = new byte[lengths(rows, picked)];
    copy(rows, picked, target);
    return new ArenaColumn(name(), target, picked, rows.length);
  }

  private int lengths(int[] rows, int[] picked) {
    int length = 0;
    for (int i = 0; i < rows.length; i++) {
      length += ends[rows[i]] - start(rows[i]);
      picked[i] = length;
    }
    return length;
  }

  private void copy(int[] rows, int[] picked, byte[] target) {
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(arena, start(rows[i]), target, at, picked[i] - at);
      at = picked[i];
    }
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!predicate.test(arena, start(row), ends[row])) {
        rows.clear(row);
      }
    }
  }

  @Override
  public long memoryBytes() {
    return arena.length + 4L * ends.length;
  }
}
