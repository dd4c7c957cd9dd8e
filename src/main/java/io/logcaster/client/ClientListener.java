package io.logcaster.client;

/**
 * Hears what happens to a client. Called by the client's threads and, of drops, by those that log;
 * an implementation returns at once and does not log through the same client.
 */
public interface ClientListener {

  /** A connection stands. */
  default void connected(String server) {}

  /**
   * There is no connection, or none could be made; the client goes on trying.
   *
   * @param reason where the server gave one, its code and a colon begin it, such as {@code
   *     unauthorized: }
   */
  default void failed(String server, String reason) {}

  /** Records up to a batch, and this one, are stored durably. */
  default void acknowledged(long sequence, long records) {}

  /** Records were given up. */
  default void dropped(long records, String reason) {}
}
