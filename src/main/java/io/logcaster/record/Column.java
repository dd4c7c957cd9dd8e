package io.logcaster.record;

import java.nio.charset.StandardCharsets;

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
