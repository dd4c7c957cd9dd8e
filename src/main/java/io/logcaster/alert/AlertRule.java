package io.logcaster.alert;

import io.logcaster.query.value.Numbers;
import java.time.Duration;

/**
 * A query that is run regularly, and the condition on its result that causes an alert.
 *
 * @param id never changes
 * @param name its name for people
 * @param query ends with a stats pipe whose column {@code value} is compared; each group of its
 *     by-fields has its own alert
 * @param window how far back the query looks
 * @param interval the time between two evaluations
 * @param comparison how the value is compared with the threshold
 * @param hold how long the condition must hold before the alert fires; called {@code for} in the
 *     API
 * @param severity {@code info}, {@code warning}, {@code error} or {@code critical}
 * @param enabled whether it is evaluated at all
 */
record AlertRule(
    String id,
    String name,
    String query,
    Duration window,
    Duration interval,
    Comparison comparison,
    double threshold,
    Duration hold,
    String severity,
    boolean enabled) {

  /** The condition with its numbers, such as {@code 12 > 10 over 1m}. */
  String reason(double value) {
    return "%s %s %s over %s"
        .formatted(
            Numbers.format(value),
            comparison.symbol(),
            Numbers.format(threshold),
            AlertDurations.print(window));
  }
}
