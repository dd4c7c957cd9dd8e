package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;

/**
 * A change of an alert's state, as stored in the history, streamed and sent to notifiers.
 *
 * @param rule the rule's id
 * @param name the rule's name at that time
 * @param severity the rule's severity at that time
 * @param labels the by-fields of the group and their values
 */
record AlertChange(
    String rule,
    String name,
    String severity,
    Map<String, String> labels,
    AlertState from,
    AlertState to,
    double value,
    Instant time) {}
