package io.logcaster.client;

/**
 * Receives the events of a client. Called by the client's threads and, for drops, by the logging
 * threads. An implementation must return quickly and must not log through the same client.
 */
public interface ClientListener {

  /** Called when a connection has been established. */
  default void connected(String server) {}

  /**
   * Called when a connection ended or could not be established; the client retries.
   *
   * @param reason begins with the server's error code and a colon if there is one, such as {@code
   *     unauthorized: }
   */
  default void failed(String server, String reason) {}

  /** Called when all records up to and including a batch have been stored durably. */
  default void acknowledged(long sequence, long records) {}

  /** Called when records were dropped. */
  default void dropped(long records, String reason) {}
}
