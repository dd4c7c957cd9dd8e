package io.logcaster.alert;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.alert.RunningRule.RuleStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule in the HTTP API. Clients may send back the properties that the server adds; they are
 * ignored.
 *
 * @param id chosen by the server
 * @param window {@code 1m} by default
 * @param interval {@code 5s} by default
 * @param hold {@code 0s} by default
 * @param severity {@code warning} by default
 * @param enabled true by default
 * @param state the most serious state of the rule's alerts; only in answers
 * @param lastEvaluation only in answers
 * @param lastError why the last evaluation failed; only in answers
 */
@JsonIgnoreProperties(
    value = {"state", "lastEvaluation", "lastError"},
    allowGetters = true)
record RuleBody(
    @Nullable String id,
    @Nullable String name,
    @Nullable String query,
    @Nullable String window,
    @Nullable String interval,
    @Nullable String comparison,
    @Nullable Double threshold,
    @JsonProperty("for") @Nullable String hold,
    @Nullable String severity,
    @Nullable Boolean enabled,
    @Nullable AlertState state,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastEvaluation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastError) {

  static RuleBody of(AlertRule rule, RuleStatus status) {
    return new RuleBody(
        rule.id(),
        rule.name(),
        rule.query(),
        AlertDurations.print(rule.window()),
        AlertDurations.print(rule.interval()),
        rule.comparison().symbol(),
        rule.threshold(),
        AlertDurations.print(rule.hold()),
        rule.severity(),
        rule.enabled(),
        status.state(),
        status.lastEvaluation(),
        status.lastError());
  }
}
