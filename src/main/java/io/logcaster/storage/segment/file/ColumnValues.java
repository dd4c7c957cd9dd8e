package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.column.TextSlices;

/**
 * The values of one field over the rows of a block, in the order of the rows; only rows that have a
 * value count. Valid until {@link ValueGatherer} gathers the next column.
 */
sealed interface ColumnValues {

  /** Which rows have a value. */
  Presence presence();

  /**
   * Values that repeat so often that a dictionary is smaller.
   *
   * @param entries the distinct values in the order of their first rows
   * @param codes for each value the index of its entry, an unsigned byte; may be longer
   */
  @SuppressWarnings("ArrayRecordComponent") // a view on reused buffers, never compared
  record Repeated(Presence presence, TextSlices entries, byte[] codes) implements ColumnValues {

    /**
     * Fills in the code of each row as the file has it: where some row has no value, 0 stands for
     * the empty text and the entries follow from 1.
     */
    void putRowCodes(byte[] target, int at) {
      int rows = presence.rows();
      if (!presence.hasEmpty()) {
        System.arraycopy(codes, 0, target, at, rows);
        return;
      }
      int value = 0;
      for (int row = 0; row < rows; row++) {
        target[at + row] = presence.has(row) ? (byte) (codes[value++] + 1) : 0;
      }
    }
  }

  /**
   * Values that are stored one by one.
   *
   * @param texts the values, one behind the other without gaps
   */
  record Varied(Presence presence, TextSlices texts) implements ColumnValues {

    /** The length of all values together, in bytes. */
    int textBytes() {
      return (texts.count() == 0) ? 0 : texts.end(texts.count() - 1);
    }
  }
}
