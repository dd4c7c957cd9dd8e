package io.logcaster.notice;

import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.LabelMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Suppresses notices of matching alerts for a while. The alerts are still shown and stored.
 *
 * @param matchers labels and their required values; {@code rule} and {@code severity} mean the
 *     rule's id and the severity
 * @param match further conditions; all of both must hold
 * @param note the reason
 * @param author who made it
 * @param until when it ends
 * @param warned whether people have been told that it ends soon
 */
record Silence(
    String id,
    Map<String, String> matchers,
    List<LabelMatcher> match,
    String note,
    String author,
    Instant until,
    boolean warned) {

  boolean covers(AlertKey alert) {
    return matchers.entrySet().stream()
            .allMatch((matcher) -> alert.label(matcher.getKey()).equals(matcher.getValue()))
        && LabelMatcher.all(match, alert);
  }
}
