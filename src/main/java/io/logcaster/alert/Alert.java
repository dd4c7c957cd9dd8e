package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;

/**
 * A group of a rule for which the condition holds, or held recently.
 *
 * @param labels the by-fields of the group and their values, by name
 * @param value the latest value
 * @param since when its state last changed
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
