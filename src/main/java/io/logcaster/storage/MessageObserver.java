package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees each message once, when its record is written from memory to disk. Merging and rewriting
 * records does not show them again.
 *
 * <p>The write-ahead log gives records their order: a flush ends at a sequence of the log, and so
 * does each stored segment. An observer that makes what it learned durable in {@link
 * Flush#committed} finds in {@link #opened} exactly the segments it has missed, for example because
 * the process was killed between the two.
 *
 * <p>Flushes come one after the other. No method may throw, except where it says so.
 */
public interface MessageObserver {

  /** Sees nothing. */
  MessageObserver NONE =
      new MessageObserver() {
        @Override
        public void opened(List<StoredSegment> segments) {
          segments.forEach(StoredSegment::close);
        }

        @Override
        public Flush flush(long sequence) {
          return Flush.NONE;
        }
      };

  /**
   * Called once, before the first flush, with what was on disk when the storage was opened.
   *
   * @param segments the observer closes each; until then, its file is kept
   */
  void opened(List<StoredSegment> segments);

  /**
   * Called for each batch that was found in the write-ahead log at the start and is in no segment,
   * in their order, before any new record. Its flush shows it again.
   */
  default void recovered(RecordBatch batch) {
    // The flush is soon enough for most observers.
  }

  /**
   * Begins a flush.
   *
   * @param sequence the last one of the write-ahead log that the flush contains
   */
  Flush flush(long sequence);

  /**
   * Called after records were deleted, for good, so that nothing of them is kept elsewhere.
   *
   * @param minTime none of them was earlier, in nanoseconds since the epoch
   * @param maxTime none of them was later
   */
  default void deleted(long minTime, long maxTime) {
    // Most observers keep nothing of a record.
  }

  /**
   * Called when a snapshot was made of all flushed segments, while they cannot change: adds to it
   * what was learned from them.
   *
   * @param target the directory of the snapshot
   */
  default void snapshot(Path target) throws IOException {
    // An observer may learn all of it again.
  }

  /** A flush: either committed or, after a failure, repeated as a new one. */
  interface Flush {

    /** Sees nothing. */
    Flush NONE =
        new Flush() {
          @Override
          public void block(MessageBlock block) {
            // Not needed.
          }

          @Override
          public void committed() {
            // Nothing was learned.
          }
        };

    /** Called for each block that is written. */
    void block(MessageBlock block);

    /**
     * Called when the records are durable in segments, before any of these can be merged. Until
     * this returns, a restart opens them under their sequence.
     */
    void committed();
  }
}
