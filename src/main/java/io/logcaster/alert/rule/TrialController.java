package io.logcaster.alert.rule;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.trial.RuleTrial;
import io.logcaster.alert.trial.TrialAnswer;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries rules on the past. */
@RestController
@RequestMapping("/api/v1/alerts/rules/test")
final class TrialController {

  private static final Duration USUAL_RANGE = Duration.ofDays(7);
  private static final Duration LONGEST_RANGE = Duration.ofDays(366);
  private static final int MAX_THRESHOLDS = 100;

  /** A trial holds the values of all groups in memory. */
  private static final int MAX_TRIALS = 2;

  private final RuleValidator validator;
  private final RuleTools tools;
  private final Clock clock;
  private final Semaphore room = new Semaphore(MAX_TRIALS);

  TrialController(RuleValidator validator, RuleTools tools, Clock clock) {
    this.validator = validator;
    this.tools = tools;
    this.clock = clock;
  }

  /** Says when a rule would have fired, and how often at other thresholds. */
  @PostMapping
  TrialAnswer test(@RequestBody TrialBody body) {
    RuleBody given = body.rule();
    if (given == null) {
      throw invalidProperty("rule", "is required: a rule as it is created");
    }
    Instant end = Objects.requireNonNullElse(body.end(), clock.instant());
    Instant start = Objects.requireNonNullElse(body.start(), end.minus(USUAL_RANGE));
    if (!start.isBefore(end) || Duration.between(start, end).compareTo(LONGEST_RANGE) > 0) {
      throw invalidProperty(
          "start", "must be before 'end', by at most " + AlertDurations.print(LONGEST_RANGE));
    }
    List<Double> thresholds = thresholds(body.thresholds());
    double maxPerWeek = Objects.requireNonNullElse(body.maxPerWeek(), 1.0);
    if (!Double.isFinite(maxPerWeek) || maxPerWeek < 0) {
      throw invalidProperty("maxPerWeek", "must be a number, 0 or more");
    }
    AlertRule rule = validator.validate("test", given.withId("test"));
    return run(rule, start, end, thresholds, maxPerWeek);
  }

  private static @Nullable List<Double> thresholds(@Nullable List<Double> given) {
    if (given != null
        && (given.size() > MAX_THRESHOLDS
            || given.stream().anyMatch((value) -> value == null || !Double.isFinite(value)))) {
      throw invalidProperty("thresholds", "must be at most " + MAX_THRESHOLDS + " numbers");
    }
    return given;
  }

  private TrialAnswer run(
      AlertRule rule,
      Instant start,
      Instant end,
      @Nullable List<Double> thresholds,
      double maxPerWeek) {
    if (!room.tryAcquire()) {
      throw new ProblemException(
              HttpStatus.TOO_MANY_REQUESTS,
              "too_many_trials",
              "%d trials are already running. Try again later.".formatted(MAX_TRIALS))
          .header("Retry-After", "2");
    }
    try {
      return RuleTrial.of(rule, tools, start, end, thresholds, maxPerWeek);
    } catch (ProblemException ex) {
      throw ex;
    } catch (IOException | IllegalStateException ex) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "trial_failed",
          "The records of this range could not be read: " + ex.getMessage(),
          ex);
    } finally {
      room.release();
    }
  }
}
