package io.logcaster.record;

import java.nio.charset.StandardCharsets;

/**
 * Identifies a sender's batch, so that a repeated or missing delivery is detected. The sender
 * numbers its messages; the storage accepts a marked batch only if it directly follows the last one
 * stored for that sender. Nothing is stored twice or skipped, whichever side fails in between.
 *
 * @param client the name by which the sender identifies itself, 1 to {@value #MAX_CLIENT_BYTES}
 *     bytes of UTF-8
 * @param sequence the number of the last message in the batch, not negative: 32 bits for senders of
 *     frames, 64 bits for Kafka's offsets
 * @param after the number of the last message before the batch, -1 if there is none; larger than
 *     {@code sequence} if the sender restarted its numbering
 */
public record DeliveryMark(String client, long sequence, long after) {

  /** Long enough for a host, a program and a UUID; the storage keeps thousands of names. */
  public static final int MAX_CLIENT_BYTES = 128;

  /**
   * The beginning of names that stand for one upload rather than for a sender. No sender has such a
   * name, and a storage forgets these first.
   */
  public static final String UPLOAD = "\u0001upload/";

  public DeliveryMark {
    int length = client.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_CLIENT_BYTES) {
      throw new IllegalArgumentException(
          "A client's name has "
              + length
              + " bytes, but must have 1 to "
              + MAX_CLIENT_BYTES
              + " bytes");
    }
    if (after < -1 || sequence < 0 || sequence == after) {
      throw new IllegalArgumentException(
          "The sequence " + sequence + " does not follow " + after + " or is negative");
    }
  }
}
