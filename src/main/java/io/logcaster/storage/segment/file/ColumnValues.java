package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.column.TextSlices;

/**
 * The values of one field in a block, in the order of the rows. Skips rows without a value. Valid
 * until {@link ValueGatherer} gathers the next column.
 */
sealed interface ColumnValues {

  /** Which rows have a value. */
  Presence presence();

  /**
   * Values that repeat so often that a dictionary pays.
   *
   * @param entries the distinct values in the order of their first occurrence
   * @param codes the index of each value's entry, as an unsigned byte; the array may be longer
   */
  @SuppressWarnings("ArrayRecordComponent") // a view on reused buffers, never compared
  record Repeated(Presence presence, TextSlices entries, byte[] codes) implements ColumnValues {

    /**
     * Writes the code of each row as the file stores it. If some row has no value, code 0 is the
     * empty text, and the codes of the entries start at 1.
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
   * Values that are stored individually.
   *
   * @param texts the values, back to back
   */
  record Varied(Presence presence, TextSlices texts) implements ColumnValues {

    /** The total length of all values in bytes. */
    int textBytes() {
      return (texts.count() == 0) ? 0 : texts.end(texts.count() - 1);
    }
  }
}
