package io.logcaster.record;

import java.nio.charset.StandardCharsets;

/**
 * Tells a sender's batch from the one before and from itself sent again. The sender numbers what it
 * sends; a batch that carries a mark is stored only as the next one after what the storage has of
 * that sender, so that nothing is stored twice and nothing is left out, whoever fails in between.
 *
 * @param client the sender's name of itself, 1 to {@value #MAX_CLIENT_BYTES} bytes of UTF-8
 * @param sequence the number of the last message in the batch, 0 to 2^32 - 1
 * @param after the number of the last message before the batch, -1 where there is none; a larger
 *     one than {@code sequence} where the sender counts anew
 */
public record DeliveryMark(String client, long sequence, long after) {

  /** Long enough for a host, a program and a UUID; the storage keeps thousands of them. */
  public static final int MAX_CLIENT_BYTES = 128;

  /** Sequences are unsigned 32-bit numbers on the wire. */
  public static final long MAX_SEQUENCE = 0xffff_ffffL;

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
    if (after < -1 || sequence < 0 || sequence == after || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException(
          "The sequence " + sequence + " does not follow " + after + " or is larger than 2^32 - 1");
    }
  }
}
