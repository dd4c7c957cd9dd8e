package io.logcaster.client;

/**
 * Receives events of a client. Called by the client's threads and, for drops, by the threads that
 * log. An implementation returns at once and does not log through the same client.
 */
public interface ClientListener {

  /** A connection is established. */
  default void connected(String server) {}

  /**
   * A connection ended or could not be made; the client retries.
   *
   * @param reason where the server gave one, its code and a colon begin it, such as {@code
   *     unauthorized: }
   */
  default void failed(String server, String reason) {}

  /** Records up to a batch, and this one, are stored durably. */
  default void acknowledged(long sequence, long records) {}

  /** Records were dropped. */
  default void dropped(long records, String reason) {}
}
