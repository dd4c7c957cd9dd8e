package io.logcaster.plugin;

import java.io.IOException;

/**
 * Where records go out.
 *
 * <p><b>Rounds.</b> The server calls {@link #begin}, {@link #write} one or more times, then {@link
 * #flush}. When that returns, the server forgets the records: they must be with the receiver, or on
 * a disk. {@code write} may send at once or only collect.
 *
 * <p><b>Failure.</b> If a method throws, the round is repeated after a pause, with the same records
 * in the same order, beginning with {@code begin}: the sink discards what it collected. Records may
 * thus arrive twice, never not at all. A {@link SinkFailure} says more than that: how long to wait,
 * or which records the receiver will never take. A sink does not repeat by itself for longer than
 * {@link PluginContext#timeout}.
 *
 * <p><b>Threads.</b> One call at a time, from a thread that is interrupted to stop it. Blocking is
 * allowed and holds up this sink only: its queue on disk grows meanwhile.
 */
public interface PluginSink extends AutoCloseable {

  /**
   * A round begins.
   *
   * @param position how many records were queued before the first of the round. A repeated round
   *     has the same position, even after a restart of the server, though it may then have more or
   *     fewer records: with it a receiver can recognize what it has.
   */
  default void begin(long position) {}

  /** Takes records. */
  void write(PluginBatch batch) throws Exception;

  /** Returns when the receiver has everything that was written since {@link #begin}. */
  void flush() throws Exception;

  /** Releases connections and files without sending. Called once. */
  @Override
  default void close() throws IOException {}
}
