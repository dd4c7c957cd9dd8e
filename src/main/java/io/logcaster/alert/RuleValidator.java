package io.logcaster.alert;

import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a client's body into a rule, or reports everything that is wrong with it. */
final class RuleValidator {

  private static final int MAX_NAME = 200;
  private static final int MAX_QUERY = 10_000;

  /** More frequent evaluations would rarely find anything new. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
  private static final Duration LONGEST_HOLD = Duration.ofDays(7);

  private static final List<String> SEVERITIES = List.of("info", "warning", "error", "critical");

  private final AlertQuery.Compiler compiler;

  RuleValidator(AlertQuery.Compiler compiler) {
    this.compiler = compiler;
  }

  /**
   * @param id the id the rule has or gets
   * @throws ProblemException 400 {@code invalid_property}, or whatever the query's compiler throws
   */
  AlertRule validate(String id, RuleBody body) {
    Errors errors = new Errors();
    if (body.id() != null && !body.id().equals(id)) {
      errors.add("id", "is chosen by the server; leave it out, or send the one in the path");
    }
    String name = text(errors, "name", body.name(), MAX_NAME, "say what the alert means");
    String query =
        text(
            errors,
            "query",
            body.query(),
            MAX_QUERY,
            "for example 'level:=ERROR | stats by (app) count() value'");
    Duration window = duration(errors, "window", body.window(), "1m", SHORTEST, LONGEST_WINDOW);
    Duration interval =
        duration(errors, "interval", body.interval(), "5s", SHORTEST, LONGEST_INTERVAL);
    Duration hold = duration(errors, "for", body.hold(), "0s", Duration.ZERO, LONGEST_HOLD);
    Comparison comparison =
        Comparison.of(Objects.requireNonNullElse(body.comparison(), "")).orElse(null);
    if (comparison == null) {
      errors.add("comparison", "must be one of " + Comparison.SPELLINGS);
    }
    Double threshold = body.threshold();
    if (threshold == null || !Double.isFinite(threshold)) {
      errors.add("threshold", "must be a number to compare the query's value with");
    }
    String severity = Objects.requireNonNullElse(body.severity(), "warning");
    if (!SEVERITIES.contains(severity)) {
      errors.add("severity", "must be one of " + String.join(" ", SEVERITIES));
    }
    errors.throwAny();
    compile(query);
    return new AlertRule(
        id,
        name,
        query,
        window,
        interval,
        Objects.requireNonNull(comparison),
        Objects.requireNonNull(threshold),
        hold,
        severity,
        !Boolean.FALSE.equals(body.enabled()));
  }

  private void compile(String query) {
    try {
      compiler.compile(query);
    } catch (ProblemException ex) {
      throw ex.with("property", "query");
    }
  }

  private static String text(
      Errors errors, String property, @Nullable String text, int max, String hint) {
    if (text == null || text.isBlank()) {
      errors.add(property, "is required: " + hint);
      return "";
    }
    if (text.length() > max) {
      errors.add(property, "must not be longer than " + max + " characters");
    }
    return text.strip();
  }

  private static Duration duration(
      Errors errors,
      String property,
      @Nullable String text,
      String missing,
      Duration min,
      Duration max) {
    Duration duration = AlertDurations.parse(Objects.requireNonNullElse(text, missing));
    if (duration == null) {
      errors.add(property, "is not a duration such as 500ms, 5s, 1m, 2h or 7d");
      return Duration.ZERO;
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      errors.add(
          property,
          "must be between %s and %s"
              .formatted(AlertDurations.print(min), AlertDurations.print(max)));
    }
    return duration;
  }

  /** Collects all errors, so that a client can correct them at once. */
  private static final class Errors {

    private final List<Map<String, String>> found = new ArrayList<>();

    void add(String property, String reason) {
      found.add(Map.of("property", property, "reason", reason));
    }

    void throwAny() {
      if (!found.isEmpty()) {
        Map<String, String> first = found.getFirst();
        throw ProblemException.invalidProperty(
                String.valueOf(first.get("property")), String.valueOf(first.get("reason")))
            .with("errors", found);
      }
    }
  }
}
