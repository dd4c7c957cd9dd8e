package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about a block of rows without reading it. */
public interface BlockSummary {

  /**
   * The summary of a batch in memory. It has only the time range, because more would cost as much
   * as reading the batch.
   */
  static BlockSummary of(RecordBatch batch) {
    return new BatchSummary(batch);
  }

  /**
   * How many blocks of a scan this summarizes together, before each of them is asked about; 0 for a
   * single block.
   */
  default int groupSize() {
    return 0;
  }

  int rows();

  /** Whether it summarizes only rows that pass the filter of the scan. */
  default boolean isFiltered() {
    return false;
  }

  long minTime();

  long maxTime();

  /** The stream of all rows, or null if they may differ. */
  @Nullable Stream stream();

  /** What is known about a field's values. */
  ColumnSummary column(String name);

  /**
   * Row counts by the values of some fields, which may include the built-in stream fields; null if
   * the counts are not known without reading rows.
   *
   * @param step the width of a time bucket in nanoseconds; if not 0, rows of different buckets are
   *     counted separately
   * @param offset a time at which a bucket begins
   */
  default @Nullable BlockCounts counts(Set<String> fields, long step, long offset) {
    return null;
  }

  /**
   * How many rows have each field, by its name, the built-in fields included; null if that is not
   * known without reading rows.
   */
  default @Nullable Map<String, Long> fieldCounts() {
    return null;
  }

  /**
   * Row counts by the values of some fields, for each field alone; null if they are not known
   * without reading rows.
   *
   * @param limit the most distinct values of a field
   * @param maxLength the most bytes of a value
   */
  default @Nullable Map<String, FieldValueCounts> valueCounts(
      Set<String> fields, int limit, int maxLength) {
    return null;
  }

  /** What is known about a field's values in a block. A wrong answer may only be a false yes. */
  interface ColumnSummary {

    /** Knows nothing. */
    ColumnSummary UNKNOWN = new ColumnSummary() {};

    /** Whether some row may have a non-empty value. */
    default boolean mayHaveValue() {
      return true;
    }

    /** Whether some row may lack the field. */
    default boolean mayBeEmpty() {
      return true;
    }

    /**
     * Whether some value may contain a word.
     *
     * @param hash the word's {@link io.logcaster.record.Tokens#hash hash}
     */
    default boolean mayContainToken(long hash) {
      return true;
    }

    /**
     * Whether some value may read as a number in a range, both ends included. Values also read as
     * numbers when they have a unit, such as {@code 1.5s} or {@code 10KB}, or are IPv4 addresses: a
     * block may say no only if every value is known to be empty or a plain decimal number.
     */
    default boolean mayContainNumber(double min, double max) {
      return true;
    }
  }
}
