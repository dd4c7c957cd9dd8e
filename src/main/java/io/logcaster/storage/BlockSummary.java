package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a block of rows without reading it. */
public interface BlockSummary {

  /**
   * The summary of a batch in memory: its times only, because more would cost as much as reading
   * it.
   */
  static BlockSummary of(RecordBatch batch) {
    return new BatchSummary(batch);
  }

  int rows();

  long minTime();

  long maxTime();

  /** The stream of all rows, or null where they may differ. */
  @Nullable Stream stream();

  /** What is known of a field's values. */
  ColumnSummary column(String name);

  /**
   * How many rows have which values in some fields, which may be built-in ones of the stream; null
   * if that is not known without reading rows.
   *
   * @param step if it is not 0, rows in different steps of time are counted separately; in
   *     nanoseconds
   * @param offset a time at which a step begins
   */
  default @Nullable BlockCounts counts(Set<String> fields, long step, long offset) {
    return null;
  }

  /** What is known of a field's values in a block. Each answer may be wrong only by saying yes. */
  interface ColumnSummary {

    /** Nothing is known. */
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
     * block may say no only where it knows every value to be a plain decimal number, or empty.
     */
    default boolean mayContainNumber(double min, double max) {
      return true;
    }
  }
}
