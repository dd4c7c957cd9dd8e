package io.logcaster.ingest;

import java.io.IOException;

/**
 * A place where records come in. It hands batches to the pipeline and keeps its own books.
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
   * Takes no new senders, takes in what the present ones have sent, hands it to the pipeline and
   * acknowledges what became durable. Returns after a bounded time even where senders go on.
   */
  void stop();

  /** What the input is doing. */
  InputStats stats();
}
