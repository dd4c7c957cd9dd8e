package io.logcaster.alert.rule;

import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Comparison;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.condition.ThresholdCondition;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.template.TemplateBirth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rules for tests. */
public final class Rules {

  public static final AlertLevels ABOVE_TEN =
      new AlertLevels(Comparison.GREATER, 10, null, null, 0);

  /** No batches arrive. */
  static final LiveRules NOTHING_LIVE =
      new LiveRules(
          (text) -> (batch, rows) -> {}, () -> Long.MIN_VALUE, java.time.Clock.systemUTC());

  private Rules() {}

  /** A rule with a window of a minute that is evaluated every 5 seconds. */
  public static AlertRule of(String id, String query, Condition condition) {
    return new AlertRule(
        id,
        "Rule " + id,
        query,
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        condition,
        Duration.ZERO,
        Duration.ZERO,
        "warning",
        true);
  }

  public static AlertRule threshold(String id, String query, boolean enabled) {
    return enabled(of(id, query, new ThresholdCondition(ABOVE_TEN)), enabled);
  }

  static AlertRule enabled(AlertRule rule, boolean enabled) {
    return new AlertRule(
        rule.id(),
        rule.name(),
        rule.query(),
        rule.window(),
        rule.interval(),
        rule.condition(),
        rule.hold(),
        rule.keepFiring(),
        rule.severity(),
        enabled);
  }

  public static AlertRule timed(AlertRule rule, Duration hold, Duration keepFiring) {
    return new AlertRule(
        rule.id(),
        rule.name(),
        rule.query(),
        rule.window(),
        rule.interval(),
        rule.condition(),
        hold,
        keepFiring,
        rule.severity(),
        true);
  }

  public static AlertRule severe(AlertRule rule, String severity) {
    return new AlertRule(
        rule.id(),
        rule.name(),
        rule.query(),
        rule.window(),
        rule.interval(),
        rule.condition(),
        rule.hold(),
        rule.keepFiring(),
        severity,
        true);
  }

  /** No templates are ever born. */
  public static final NewTemplates NO_BIRTHS =
      new NewTemplates() {
        @Override
        public List<TemplateBirth> between(Instant start, Instant end) {
          return List.of();
        }

        @Override
        public Optional<Instant> mark(String mark, Instant until) {
          return Optional.empty();
        }

        @Override
        public void onBirth(Runnable listener) {}

        @Override
        public BirthFilter filter(String query) {
          return (birth) -> true;
        }
      };
}
