package io.logcaster.notice;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.Alerts;
import io.logcaster.notice.route.AlertKey;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Alerts that nobody is told of now.
 *
 * @param count how many fire
 * @param alerts the first of them
 */
record HiddenAlerts(int count, List<HiddenAlert> alerts) {

  /** Enough to see whether a silence hides what it was meant to. */
  private static final int MAX_LISTED = 50;

  /** An alert in a list. */
  record HiddenAlert(String rule, String name, Map<String, String> labels) {}

  static HiddenAlerts of(Alerts alerts, Predicate<AlertKey> covers) {
    List<ActiveAlert> hidden =
        alerts.active().stream()
            .filter((alert) -> alert.state() == AlertState.FIRING)
            .filter((alert) -> covers.test(Handling.key(alert)))
            .toList();
    return new HiddenAlerts(
        hidden.size(),
        hidden.stream()
            .limit(MAX_LISTED)
            .map((alert) -> new HiddenAlert(alert.rule(), alert.name(), alert.labels()))
            .toList());
  }
}
