package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;

/**
 * Suppresses notifications of matching alerts for a while. The alerts are still shown and stored.
 *
 * @param matchers labels and their required values, all of which must match; {@code rule} and
 *     {@code severity} mean the rule's id and severity
 * @param note the reason
 * @param until when it ends
 */
record Silence(String id, Map<String, String> matchers, String note, Instant until) {

  boolean covers(String rule, String severity, Map<String, String> labels) {
    return matchers.entrySet().stream()
        .allMatch(
            (matcher) ->
                matcher
                    .getValue()
                    .equals(
                        switch (matcher.getKey()) {
                          case "rule" -> rule;
                          case "severity" -> severity;
                          default -> labels.getOrDefault(matcher.getKey(), "");
                        }));
  }
}
