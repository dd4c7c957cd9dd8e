package io.logcaster.delivery;

import io.logcaster.delivery.SenderId.Protocol;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a number arrived.
 *
 * @param client the sender's name
 * @param sequence the number
 * @param answer {@code arrived}, {@code not_arrived} or {@code unknown}
 * @param reason a sentence
 */
record Arrival(String client, long sequence, String answer, String reason) {

  private static final String ARRIVED = "arrived";
  private static final String NOT_ARRIVED = "not_arrived";
  private static final String UNKNOWN = "unknown";

  static Arrival of(SenderNumbers sender, long sequence, Instant now, Duration grace) {
    SenderNumbers.State state = sender.state();
    String name = state.id().name();
    if (state.id().protocol() == Protocol.LUMBERJACK) {
      return new Arrival(
          name, sequence, UNKNOWN, "Lumberjack begins its numbers anew with every window.");
    }
    Gap gap = sender.gapOf(sequence);
    if (gap != null) {
      return inGap(state, gap, sequence, SenderNumbers.isCertain(gap, now, grace));
    }
    if (state.last() < 0 || sequence > state.last()) {
      return new Arrival(
          name,
          sequence,
          NOT_ARRIVED,
          (state.last() < 0)
              ? "The client has begun anew, and nothing has arrived since."
              : "The last number that arrived is " + state.last() + ".");
    }
    if (sequence < state.first()) {
      return new Arrival(
          name,
          sequence,
          UNKNOWN,
          "The server has taken notes of this client since number " + state.first() + ".");
    }
    return new Arrival(
        name,
        sequence,
        ARRIVED,
        (state.restarts() == 0)
            ? "It is durable, or a filter or its time kept it out."
            : "It is durable since the client began anew at its restart number "
                + state.restarts()
                + ", or a filter or its time kept it out.");
  }

  private static Arrival inGap(SenderNumbers.State state, Gap gap, long sequence, boolean certain) {
    String name = state.id().name();
    if (!gap.isExact()) {
      return new Arrival(
          name,
          sequence,
          UNKNOWN,
          "%d of the numbers %d to %d are missing; which ones is no longer known."
              .formatted(gap.count(), gap.from(), gap.to()));
    }
    if (!gap.verified()) {
      return new Arrival(
          name, sequence, UNKNOWN, "The server was killed here; the stored records are checked.");
    }
    return new Arrival(
        name,
        sequence,
        NOT_ARRIVED,
        certain
            ? DeliveryView.text(state.id(), gap) + "."
            : "Later numbers have arrived; it may still be on its way.");
  }
}
