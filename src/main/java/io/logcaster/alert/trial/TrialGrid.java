package io.logcaster.alert.trial;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.query.Combination;
import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/**
 * The times at which a rule is evaluated in a trial: {@code start + i * step}, for {@code i} from 0
 * to {@code count - 1}.
 *
 * @param windowSteps how many steps the rule's window has
 */
record TrialGrid(Instant start, Duration step, int count, int windowSteps) {

  /** With more steps a trial would take too long and too much memory. */
  static final int MAX_STEPS = 50_000;

  /**
   * The finest grid for a range: the rule's interval, or a longer step that divides its window, so
   * that the range has at most so many steps.
   *
   * @param combination how the window's value is put together; if it cannot be, the step is the
   *     window
   * @param maxSteps at most {@link #MAX_STEPS}
   * @throws ProblemException 400 if the range has too many windows
   */
  static TrialGrid of(
      AlertRule rule, Instant start, Instant end, Combination combination, int maxSteps) {
    long window = rule.window().toMillis();
    long range = Duration.between(start, end).toMillis();
    long least = Math.max(rule.interval().toMillis(), Math.ceilDiv(range, maxSteps));
    if (window < least && range / window > maxSteps) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "trial_too_large",
          "The range has %,d windows of %s, but at most %,d can be tried. Choose a shorter range or a longer window."
              .formatted(range / window, AlertDurations.print(rule.window()), maxSteps));
    }
    long parts = combination == Combination.NONE ? 1 : Math.max(1, window / least);
    // The window must be a whole number of steps of whole milliseconds.
    while (window % parts != 0) {
      parts--;
    }
    long step = window / parts;
    return new TrialGrid(start, Duration.ofMillis(step), (int) (range / step) + 1, (int) parts);
  }

  Instant time(int index) {
    return start.plus(step.multipliedBy(index));
  }

  /** How many steps a duration has, rounded. */
  int steps(Duration duration) {
    return (int) Math.rint((double) duration.toMillis() / step.toMillis());
  }
}
