package io.logcaster.alert.rule;

import io.logcaster.alert.RuleKind;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.Judge;
import io.logcaster.alert.condition.RuleErrors;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.Severities;
import io.logcaster.alert.query.SeriesQuery;
import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a client's body into a rule, or reports everything that is wrong with it. */
final class RuleValidator {

  private static final int MAX_NAME = 200;
  private static final int MAX_QUERY = 10_000;

  /** More frequent evaluations would rarely find anything new. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);

  private final RuleTools tools;

  RuleValidator(RuleTools tools) {
    this.tools = tools;
  }

  /**
   * @param id the id the rule has or gets
   * @throws ProblemException 400 {@code invalid_property}, or whatever the query's compiler throws
   */
  AlertRule validate(String id, RuleBody body) {
    RuleErrors errors = new RuleErrors();
    if (body.id() != null && !body.id().equals(id)) {
      errors.add("id", "is chosen by the server; leave it out, or send the one in the path");
    }
    RuleKind kind = kind(body, errors);
    String name = text(errors, "name", body.name(), MAX_NAME, "say what the alert means");
    String query = text(errors, "query", body.query(), MAX_QUERY, example(kind));
    Duration window =
        errors.duration("window", body.window(), DEFAULT_WINDOW, SHORTEST, LONGEST_WINDOW);
    Duration interval =
        errors.duration("interval", body.interval(), DEFAULT_INTERVAL, SHORTEST, LONGEST_INTERVAL);
    Duration hold = errors.duration("for", body.hold(), Duration.ZERO, Duration.ZERO, LONGEST_HOLD);
    Duration keepFiring =
        errors.duration(
            "keepFiring", body.keepFiring(), Duration.ZERO, Duration.ZERO, LONGEST_HOLD);
    String usual = body.warnThreshold() == null ? Severities.WARNING : Severities.CRITICAL;
    String severity = Objects.requireNonNullElse(body.severity(), usual);
    if (!Severities.ALL.contains(severity)) {
      errors.add("severity", "must be one of " + String.join(" ", Severities.ALL));
    }
    Condition condition = Condition.read(kind, body.terms(), window, severity, errors);
    errors.throwAny();
    AlertRule rule =
        new AlertRule(
            id,
            name,
            query,
            window,
            interval,
            Objects.requireNonNull(condition),
            hold,
            keepFiring,
            severity,
            !Boolean.FALSE.equals(body.enabled()));
    compile(rule);
    return rule;
  }

  private static RuleKind kind(RuleBody body, RuleErrors errors) {
    RuleKind kind =
        body.kind() == null ? RuleKind.THRESHOLD : RuleKind.of(body.kind()).orElse(null);
    if (kind == null) {
      errors.add("kind", "must be one of threshold, absence, change, new-template, ratio");
      errors.throwAny();
    }
    return Objects.requireNonNull(kind);
  }

  private static String example(RuleKind kind) {
    return switch (kind) {
      case ABSENCE -> "for example '* | stats by (host) count() value'";
      case NEW_TEMPLATE -> "a filter, for example 'app:=shop', or '*' for all records";
      default -> "for example 'level:=ERROR | stats by (app) count() value'";
    };
  }

  private void compile(AlertRule rule) {
    try {
      Judge judge = rule.condition().judge(rule, tools);
      Objects.requireNonNull(judge);
      if (SeriesQuery.isSeries(rule.query())) {
        tools.compiler().compile(rule.query()).checkWindow(rule.window());
      }
    } catch (ProblemException ex) {
      boolean named =
          ex.getBody().getProperties() != null
              && ex.getBody().getProperties().containsKey("property");
      throw named ? ex : ex.with("property", "query");
    }
  }

  private static String text(
      RuleErrors errors, String property, @Nullable String text, int max, String hint) {
    if (text == null || text.isBlank()) {
      errors.add(property, "is required: " + hint);
      return "";
    }
    if (text.length() > max) {
      errors.add(property, "must not be longer than " + max + " characters");
    }
    return text.strip();
  }
}
