package io.logcaster.ingest;

import java.io.IOException;

/**
 * A place where records come in. It hands batches to the pipeline and counts what becomes of them.
 *
 * <p>{@link #start} and {@link #stop} are called once each, by one thread; {@link #stats} by any
 * thread at any time.
 */
public interface Input {

  /**
   * Opens the input.
   *
   * @throws IOException if it cannot be opened; nothing is left open then
   */
  void start() throws IOException;

  /**
   * Refuses new senders, takes in what the connected ones have sent, hands it to the pipeline and
   * acknowledges what is durable. Returns within a bounded time even if senders go on.
   */
  void stop();

  /** The present state and counters. */
  InputStats stats();
}
