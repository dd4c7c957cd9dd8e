package io.logcaster.alert.state;

import io.logcaster.alert.AlertState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of a rule for which the condition holds, or held recently.
 *
 * @param labels the by-fields of the group and their values, by name
 * @param severity its current severity
 * @param value the latest value
 * @param threshold the number with which it was compared; null if there is none
 * @param reason the condition with its numbers
 * @param since when its state last changed
 * @param startedAt when it last became active
 * @param clearSince since when the condition has not held, while the alert keeps firing all the
 *     same; null if it holds
 * @param lowerSince since when the condition has held for a lower severity only; null if it has not
 */
public record Alert(
    Map<String, String> labels,
    AlertState state,
    String severity,
    double value,
    @Nullable Double threshold,
    String reason,
    Instant since,
    Instant startedAt,
    @Nullable Instant clearSince,
    @Nullable Instant lowerSince) {

  boolean isActive() {
    return state != AlertState.INACTIVE;
  }
}
