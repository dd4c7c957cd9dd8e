package io.logcaster.alert;

import java.time.Instant;
import java.util.Map;

/**
 * Alerts of which nobody is notified for a while; they are shown and kept all the same.
 *
 * @param matchers labels and the values they must have, all of them; {@code rule} and {@code
 *     severity} stand for the rule's id and severity
 * @param note why
 * @param until when it ends
 */
record Silence(String id, Map<String, String> matchers, String note, Instant until) {

  boolean covers(String rule, String severity, Map<String, String> labels) {
    return matchers.entrySet().stream()
        .allMatch(
            matcher ->
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
