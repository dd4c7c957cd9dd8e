package io.logcaster.sink;

import io.logcaster.record.RecordBatch;

/**
 * Where records go out: write batch, flush, close.
 *
 * <p><b>Rounds.</b> The delivery calls {@link #write} one or more times, then {@link #flush}. When
 * that returns, the queue forgets the records, so they must be with the receiver, or on this
 * machine's disk, and survive the death of this process. {@code write} may send at once or only
 * collect; it is called until the sink's batch size or linger is reached.
 *
 * <p><b>Failure.</b> Any method may throw a {@link SinkException}, which says whether to try again
 * and when. The round is then repeated from the same record on, in the same order, beginning with
 * {@link #begin}: the sink discards what it collected. Records may thus arrive twice, but are never
 * lost. A sink must not retry by itself for longer than its time limit.
 *
 * <p><b>Threads.</b> Calls come one after the other, from a thread that may be interrupted to stop
 * it. Blocking is allowed and holds up only this sink. Batches are immutable and may be kept until
 * the round ends.
 */
public interface Sink extends AutoCloseable {

  /**
   * A round begins.
   *
   * @param position how many records were queued before the first of the round, since the sink was
   *     created. A repeated round has the same position, even after a restart, though it may have
   *     more or fewer records; a name that contains it lets a receiver overwrite. After a
   *     {@linkplain SinkException#partial partial} failure the rest of the round comes alone, with
   *     the position of the round: a sink that reports records to be sent again must not number by
   *     position.
   */
  default void begin(long position) {
    // Most sinks collect nothing that outlives a failed round, or clear it in write.
  }

  /**
   * Takes records.
   *
   * @param batch at least one row, at most as many as the sink's batch size
   */
  void write(RecordBatch batch) throws SinkException;

  /** Returns when the receiver has everything that was written since {@link #begin}. */
  void flush() throws SinkException;

  /**
   * Releases connections and files. Does not send: what was not flushed is written again by the
   * next one. Called once.
   */
  @Override
  void close() throws SinkException;
}
