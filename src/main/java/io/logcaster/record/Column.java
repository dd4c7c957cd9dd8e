package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field's values over the rows of a batch, as ranges of UTF-8 bytes in one array. Immutable and
 * safe to share between threads. An absent value is an empty range.
 *
 * <p>Use {@link #retain}, {@link #encode} and {@link #measure} for work that depends on the value
 * alone: a column with few distinct values does it once for each of them, and a column of a segment
 * may answer without decoding text. {@link #bytes} forces such a column to decode all rows; {@link
 * #readable} decodes selected ones. A column can be read as long as its {@link RecordBatch}, and
 * throws the same exceptions.
 */
public abstract class Column {

  private final String name;

  protected Column(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  /** The array that holds the values of all rows; it belongs to the column. */
  public abstract byte[] bytes();

  /** Where the value of a row begins in {@link #bytes()}. */
  public abstract int start(int row);

  /** The index after the last byte of a row's value in {@link #bytes()}. */
  public abstract int end(int row);

  /**
   * Keeps in a selection the rows whose value passes a predicate.
   *
   * @param rows the selection to narrow, as large as the batch
   * @param predicate a function of the value alone; it may be called any number of times, also for
   *     rows that are not selected
   */
  public abstract void retain(Bitmap rows, BytesPredicate predicate);

  /**
   * Computes a code for the value of each selected row.
   *
   * @param encoder a function of the value alone, called for values of selected rows only
   * @param codes receives the code of each selected row; entries of other rows are undefined
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
   * @param numbers receives the number of each selected row; entries of other rows are undefined
   */
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    byte[] bytes = bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      numbers[row] = function.applyAsDouble(bytes, start(row), end(row));
    }
  }

  /**
   * A column of values that are derived from this one's.
   *
   * @param name the new column's name
   * @param rows the selected rows; values of others are undefined
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
   * The lengths of the values in bytes, as a column of numbers.
   *
   * @param name the new column's name
   * @param rows the selected rows; values of others are undefined
   */
  public Column lengths(String name, Bitmap rows) {
    Column text = readable(rows);
    WorkLimit.growing(4L * rows.size());
    int[] lengths = new int[rows.size()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      lengths[row] = text.end(row) - text.start(row);
    }
    return new IntColumn(name, lengths);
  }

  /**
   * The values of the given rows as a new column.
   *
   * @param rows for each row of the new column, the row of this one; a row may occur several times
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
   * A column with the same values in selected rows and undefined values elsewhere. Call it before
   * reading single values, so that a column of a segment decodes the text of these rows only.
   */
  public Column readable(Bitmap rows) {
    return this;
  }

  /**
   * Whether all values are empty or decimal digits with an optional minus sign and fraction, so
   * that they sort as the numbers that {@link #measure} gives.
   */
  public boolean isDecimal() {
    return false;
  }

  /** The name of the encoding: {@code string}, {@code const}, {@code dict} and others. */
  public String type() {
    return "string";
  }

  /** The total length in bytes of the values of the first {@code rows} rows. */
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
