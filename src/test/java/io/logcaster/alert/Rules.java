package io.logcaster.alert;

import io.logcaster.template.TemplateBirth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rules for tests. */
final class Rules {

  static final AlertLevels ABOVE_TEN = new AlertLevels(Comparison.GREATER, 10, null, null, 0);

  /** No batches arrive. */
  static final LiveRules NOTHING_LIVE =
      new LiveRules(
          (text) -> (batch, rows) -> {}, () -> Long.MIN_VALUE, java.time.Clock.systemUTC());

  private Rules() {}

  /** A rule with a window of a minute that is evaluated every 5 seconds. */
  static AlertRule of(String id, String query, Condition condition) {
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

  static AlertRule threshold(String id, String query, boolean enabled) {
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

  static AlertRule timed(AlertRule rule, Duration hold, Duration keepFiring) {
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

  static AlertRule severe(AlertRule rule, String severity) {
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
  static final NewTemplates NO_BIRTHS =
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
