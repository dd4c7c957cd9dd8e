package io.logcaster.notice;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.Alerts;
import io.logcaster.alert.RuleInfo;
import io.logcaster.alert.RuleKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One rule, {@code r1}, whose alerts the test sets. */
final class FakeAlerts implements Alerts {

  private final List<ActiveAlert> active = new ArrayList<>();

  void fire(String app, Instant now) {
    active.add(
        new ActiveAlert(
            "id-" + app,
            "r1",
            "Failed orders",
            RuleKind.THRESHOLD,
            "error",
            Map.of("app", app),
            AlertState.FIRING,
            4,
            3.0,
            "4 > 3 over 1m",
            now,
            now));
  }

  void resolve(String app) {
    active.removeIf((alert) -> alert.labels().containsValue(app));
  }

  static AlertChange change(String app, AlertState from, AlertState to, Instant now) {
    return new AlertChange(
        1,
        "id-" + app,
        "r1",
        "Failed orders",
        RuleKind.THRESHOLD,
        "error",
        Map.of("app", app),
        from,
        to,
        4,
        3.0,
        "4 > 3 over 1m",
        now,
        now);
  }

  @Override
  public List<RuleInfo> rules() {
    return List.of();
  }

  @Override
  public Optional<RuleInfo> rule(String id) {
    return Optional.of(
        new RuleInfo(
            id,
            "Failed orders",
            RuleKind.THRESHOLD,
            "failed | stats by (app) count() value",
            Duration.ofMinutes(1),
            "error",
            true));
  }

  @Override
  public List<ActiveAlert> active() {
    return List.copyOf(active);
  }

  @Override
  public List<AlertChange> changesAfter(long sequence, int limit) {
    return List.of();
  }

  @Override
  public long lastSequence() {
    return 0;
  }

  @Override
  public Optional<RecordSearch> records(String rule, Map<String, String> labels, Instant time) {
    String query = "failed app:=\"" + labels.get("app") + "\"";
    return Optional.of(new RecordSearch(query, time.minus(Duration.ofMinutes(1)), time));
  }
}
