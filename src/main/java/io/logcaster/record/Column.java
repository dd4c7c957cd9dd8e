package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field's values over the rows of a batch, as ranges of UTF-8 bytes in one array. Immutable and
 * safe to share between threads. An absent value is an empty range.
 *
 * <p>Work that depends on the value alone goes through {@link #retain}, so that a column that holds
 * few distinct values tests each of them once.
 */
public abstract class Column {

  private final String name;

  protected Column(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  /** The array that holds the values of all rows; not to be changed. */
  public abstract byte[] bytes();

  /** Where the value of a row begins in {@link #bytes()}. */
  public abstract int start(int row);

  /** The index after the last byte of a row's value in {@link #bytes()}. */
  public abstract int end(int row);

  /**
   * Keeps in a selection the rows whose value passes a predicate.
   *
   * @param rows the selection to narrow, as large as the batch
   * @param predicate a function of the value alone; how often and for which rows it is called is
   *     not defined
   */
  public abstract void retain(Bitmap rows, BytesPredicate predicate);

  /**
   * Gives the values of selected rows numbers.
   *
   * @param encoder a function of the value alone, called for values of selected rows only
   * @param codes takes the number of each selected row; other rows may be written, too
   */
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    byte[] bytes = bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      codes[row] = encoder.encode(bytes, start(row), end(row));
    }
  }

  /**
   * Reads the values of selected rows as numbers.
   *
   * @param function a function of the value alone
   * @param numbers takes the number of each selected row; other rows may be written, too
   */
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    byte[] bytes = bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      numbers[row] = function.applyAsDouble(bytes, start(row), end(row));
    }
  }

  /**
   * A column of values made out of this one's.
   *
   * @param name the new column's name
   * @param rows the rows that matter; what the others get is not defined
   * @param mapper a function of the value alone
   */
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    ByteBuilder target = new ByteBuilder(256);
    int[] ends = new int[rows.size()];
    byte[] bytes = bytes();
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, target.length());
      mapper.map(bytes, start(row), end(row), target);
      ends[row] = target.length();
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, target.length());
    return new ArenaColumn(name, target.array(), ends, ends.length);
  }

  /**
   * The values of chosen rows as a column of its own.
   *
   * @param rows the row of this column that each row of the other gets its value from
   */
  public Column pick(int[] rows) {
    byte[] bytes = bytes();
    int length = 0;
    int[] ends = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      length += end(rows[i]) - start(rows[i]);
      ends[i] = length;
    }
    byte[] arena = new byte[length];
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(bytes, start(rows[i]), arena, at, ends[i] - at);
      at = ends[i];
    }
    return new ArenaColumn(name, arena, ends, rows.length);
  }

  /**
   * A column with the same values in selected rows, those of other rows being undefined. Worth
   * asking for before single values are read: a column that would have to put the text of all rows
   * together does so for these alone.
   */
  public Column readable(Bitmap rows) {
    return this;
  }

  /**
   * Whether all values are empty or decimal digits with an optional minus and fraction, so that
   * {@link #measure} tells their order.
   */
  public boolean isDecimal() {
    return false;
  }

  /** How the values are kept: {@code string}, {@code const}, {@code dict} and others. */
  public String type() {
    return "string";
  }

  /** How long the values of the first rows are together. */
  public long textBytes(int rows) {
    long length = 0;
    for (int row = 0; row < rows; row++) {
      length += end(row) - start(row);
    }
    return length;
  }

  /** About how much memory this column holds. */
  public abstract long memoryBytes();

  /** The value of a row as a string. */
  public final String text(int row) {
    int start = start(row);
    return new String(bytes(), start, end(row) - start, StandardCharsets.UTF_8);
  }

  public final boolean isEmpty(int row) {
    return start(row) == end(row);
  }
}
