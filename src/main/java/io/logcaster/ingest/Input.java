package io.logcaster.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A source of records. It submits batches to the pipeline and counts accepted and rejected records.
 *
 * <p>{@link #start} and {@link #stop} are called once each, by one thread; {@link #stats} by any
 * thread at any time.
 */
public interface Input {

  /**
   * Opens the input.
   *
   * @throws IOException if it cannot be opened; no resources stay open then
   */
  void start() throws IOException;

  /**
   * Refuses new senders, reads what the connected ones have sent, submits it to the pipeline and
   * acknowledges what is durable. Returns within a bounded time even if senders keep sending.
   */
  void stop();

  /** The current state and counters. */
  InputStats stats();

  /** How many messages wait to be read where it fetches them; -1 if it does not, or not known. */
  default long lag() {
    return -1;
  }

  /** What its operator should know of it at present; null for nothing. */
  default @Nullable String note() {
    return null;
  }

  /** How it is reached; null if it speaks the protocol of another program over a shared port. */
  default @Nullable InputDoor door() {
    return null;
  }
}
