package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.function.Predicate;

/** A segment that was on disk when the storage was opened. */
public interface StoredSegment extends AutoCloseable {

  /** The last sequence of the write-ahead log that it contains. */
  long sequence();

  /** The number of records. */
  long records();

  /**
   * Passes on the blocks, each of which can be read until the call returns.
   *
   * @param consumer returns whether to continue
   * @throws IOException if the segment cannot be read or is damaged
   */
  void read(Predicate<RecordBatch> consumer) throws IOException;

  /** Releases the file. */
  @Override
  void close();
}
