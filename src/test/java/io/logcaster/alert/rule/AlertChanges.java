package io.logcaster.alert.rule;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.state.AlertIds;
import java.time.Instant;
import java.util.Map;

/** Changes of alerts for tests. */
public final class AlertChanges {

  private AlertChanges() {}

  public static AlertChange firing(
      String rule, String name, Map<String, String> labels, Instant time) {
    return change(rule, name, labels, AlertState.INACTIVE, AlertState.FIRING, time);
  }

  public static AlertChange change(
      String rule,
      String name,
      Map<String, String> labels,
      AlertState from,
      AlertState to,
      Instant time) {
    return new AlertChange(
        0,
        AlertIds.of(rule, labels),
        rule,
        name,
        RuleKind.THRESHOLD,
        "warning",
        labels,
        from,
        to,
        11,
        10.0,
        "11 > 10 over 1m",
        time,
        time);
  }
}
