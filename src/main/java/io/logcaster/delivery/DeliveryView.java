package io.logcaster.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.delivery.SenderNumbers.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sender as the API shows it.
 *
 * @param client its name
 * @param protocol who numbers: {@code framed}, {@code lumberjack} or {@code journal}
 * @param unit what is numbered: {@code frames} or {@code records}
 * @param received how many different numbers arrived
 * @param records how many records they held
 * @param repeated how many numbers came again
 * @param first the first number; absent where numbers begin anew all the time
 * @param last the last number
 * @param restarts how often the sender began its numbers anew
 * @param missing how many numbers are missing
 * @param gaps where they are missing, the oldest first
 * @param node the name of the node that received them, where all are listed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryView(
    String client,
    String protocol,
    String unit,
    long received,
    long records,
    long repeated,
    @Nullable Long first,
    @Nullable Long last,
    Instant firstSeen,
    Instant lastSeen,
    int restarts,
    long missing,
    List<GapView> gaps,
    @Nullable String node) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A gap.
   *
   * @param from the first missing number
   * @param to the last missing number
   * @param count how many are missing between both
   * @param between when the numbers around it arrived
   * @param text the gap as a sentence
   */
  record GapView(long from, long to, long count, List<Instant> between, String text) {}

  DeliveryView on(String name) {
    return new DeliveryView(
        client, protocol, unit, received, records, repeated, first, last, firstSeen, lastSeen,
        restarts, missing, gaps, name);
  }

  static DeliveryView of(SenderNumbers sender, Instant now, Duration grace) {
    State state = sender.state();
    List<Gap> gaps = sender.certain(now, grace);
    boolean counts = state.id().protocol() != SenderId.Protocol.LUMBERJACK && state.last() >= 0;
    return new DeliveryView(
        state.id().name(),
        state.id().protocol().text(),
        state.id().protocol().unit(),
        state.received(),
        state.records(),
        state.repeated(),
        counts ? state.first() : null,
        counts ? state.last() : null,
        state.firstSeen(),
        state.lastSeen(),
        state.restarts(),
        gaps.stream().mapToLong(Gap::count).sum(),
        gaps.stream()
            .map(
                (gap) ->
                    new GapView(
                        gap.from(),
                        gap.to(),
                        gap.count(),
                        List.of(gap.after(), gap.before()),
                        text(state.id(), gap)))
            .toList(),
        null);
  }

  /** Such as {@code web-12: 37 records missing between 10:02 and 10:05}, with whole times. */
  static String text(SenderId sender, Gap gap) {
    return "%s: %s missing between %s and %s"
        .formatted(
            sender.name(),
            sender.protocol().counted(gap.count()),
            TIME.format(gap.after()),
            TIME.format(gap.before()));
  }
}
