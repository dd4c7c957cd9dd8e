package io.logcaster.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert's state, as stored in the history, streamed and handed to listeners. As JSON
 * it has the same properties.
 *
 * <p>A firing alert whose severity changes, because its value passes another of the rule's levels,
 * causes a change from {@code FIRING} to {@code FIRING}.
 *
 * @param sequence grows with every change, across restarts; 0 if the change could not be stored
 * @param alert identifies the alert: the same rule and labels always have the same one
 * @param rule the rule's id
 * @param name the rule's name at that time
 * @param kind the rule's kind at that time
 * @param severity the alert's severity: {@code info}, {@code warning}, {@code error} or {@code
 *     critical}
 * @param labels the by-fields of the group and their values
 * @param value the value of the group; NaN if it has none
 * @param threshold the number with which the value was compared; null if there is none
 * @param reason the condition with its numbers, such as {@code 12 > 10 over 1m}; when an alert
 *     resolves, why it did
 * @param since when the alert last became pending or firing from being inactive
 * @param time when the change happened
 */
public record AlertChange(
    long sequence,
    String alert,
    String rule,
    String name,
    RuleKind kind,
    String severity,
    Map<String, String> labels,
    AlertState from,
    AlertState to,
    double value,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,
    String reason,
    Instant since,
    Instant time) {

  public AlertChange stored(long sequence) {
    return new AlertChange(
        sequence, alert, rule, name, kind, severity, labels, from, to, value, threshold, reason,
        since, time);
  }
}
