package io.logcaster.storage;

import io.logcaster.record.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The batches that become durable, in their order. Each has a sequence, larger by one than that of
 * the batch before; a restart does not change it. A follower reads them from disk, so it may be as
 * slow as it likes, for as long as a {@link Hold} keeps what it has not read. Thread-safe.
 */
public interface BatchLog {

  /** Says which batches must be kept. */
  @FunctionalInterface
  interface Hold {

    /** Keeps nothing. */
    Hold NONE = () -> Long.MAX_VALUE;

    /**
     * Batches with a larger sequence are kept. Called by several threads, first while the storage
     * opens.
     */
    long after();
  }

  /** A batch and its sequence. */
  record Entry(RecordBatch batch, long sequence) {}

  /** Reads batches one after the other. Not thread-safe. */
  interface Cursor extends Closeable {

    /**
     * The next batch; null if there is none at present.
     *
     * @throws IOException if it cannot be read; the next call continues after it
     */
    @Nullable Entry next() throws IOException;
  }

  /** The sequence of the last durable batch; -1 if there was never one. */
  long head();

  /**
   * Follows the log.
   *
   * @param after batches up to this sequence are skipped. If later ones are gone, because nothing
   *     held them, the cursor begins at the first that exists.
   */
  Cursor follow(long after) throws IOException;

  /**
   * Sets who is told of each new batch, on a thread that must not be held up.
   *
   * @param listener returns at once; null for nobody
   */
  void onAppend(@Nullable Runnable listener);
}
