package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;

/**
 * One group of a rule for which the condition holds, or held lately.
 *
 * @param labels the by-fields of the group and their values, by name
 * @param value the value that was found last
 * @param since when it came into its state
 */
record Alert(Map<String, String> labels, AlertState state, double value, Instant since) {

  Alert withValue(double value) {
    return new Alert(labels, state, value, since);
  }

  Alert turned(AlertState state, double value, Instant now) {
    return new Alert(labels, state, value, now);
  }

  boolean isActive() {
    return state != AlertState.INACTIVE;
  }
}
