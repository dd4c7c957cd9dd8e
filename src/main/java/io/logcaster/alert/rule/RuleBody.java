package io.logcaster.alert.rule;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.ConditionBody;
import io.logcaster.alert.rule.RunningRule.RuleStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule in the HTTP API. Clients may send back the properties that the server adds; they are
 * ignored.
 *
 * @param id chosen by the server
 * @param kind {@code threshold} by default
 * @param window {@code 1m} by default
 * @param interval {@code 5s} by default
 * @param comparison see {@link ConditionBody} for this and the other properties of kinds
 * @param hold {@code 0s} by default
 * @param keepFiring {@code 0s} by default
 * @param severity {@code warning} by default; {@code critical} with a {@code warnThreshold}
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
    @Nullable String kind,
    @Nullable String query,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String totalQuery,
    @Nullable String window,
    @Nullable String interval,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String comparison,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double warnThreshold,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double recoverThreshold,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long minRecords,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Map<String, String>> expected,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forgetAfter,
    @JsonInclude(JsonInclude.Include.NON_NULL) ConditionBody.@Nullable BaselineBody baseline,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String level,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sinceMark,
    @JsonProperty("for") @Nullable String hold,
    @Nullable String keepFiring,
    @Nullable String severity,
    @Nullable Boolean enabled,
    @Nullable AlertState state,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastEvaluation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastError) {

  static RuleBody of(AlertRule rule, RuleStatus status) {
    ConditionBody terms = rule.condition().body();
    return new RuleBody(
        rule.id(),
        rule.name(),
        rule.condition().kind().text(),
        rule.query(),
        terms.totalQuery(),
        AlertDurations.print(rule.window()),
        AlertDurations.print(rule.interval()),
        terms.comparison(),
        terms.threshold(),
        terms.warnThreshold(),
        terms.recoverThreshold(),
        terms.minRecords(),
        terms.expected(),
        terms.forgetAfter(),
        terms.baseline(),
        terms.level(),
        terms.sinceMark(),
        AlertDurations.print(rule.hold()),
        AlertDurations.print(rule.keepFiring()),
        rule.severity(),
        rule.enabled(),
        status.state(),
        status.lastEvaluation(),
        status.lastError());
  }

  /** The same rule with another id. */
  RuleBody withId(String other) {
    return new RuleBody(
        other,
        name,
        kind,
        query,
        totalQuery,
        window,
        interval,
        comparison,
        threshold,
        warnThreshold,
        recoverThreshold,
        minRecords,
        expected,
        forgetAfter,
        baseline,
        level,
        sinceMark,
        hold,
        keepFiring,
        severity,
        enabled,
        state,
        lastEvaluation,
        lastError);
  }

  /** The properties that depend on the kind. */
  ConditionBody terms() {
    return new ConditionBody(
        comparison,
        threshold,
        warnThreshold,
        recoverThreshold,
        minRecords,
        expected,
        forgetAfter,
        baseline,
        totalQuery,
        level,
        sinceMark);
  }
}
