package io.logcaster.fleet;

import io.logcaster.alert.Alerts;
import io.logcaster.cluster.Roles;
import io.logcaster.ingest.Input;
import io.logcaster.metrics.LiveMetrics;
import io.logcaster.metrics.MetricsSnapshot;
import io.logcaster.nodes.NodeName;
import io.logcaster.storage.LogStorage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Says how this node is. Thread-safe. */
@Component
final class OwnStatus {

  /** Enough to see what is wrong; the rest is in the node's own health. */
  private static final int MAX_TEXT = 300;

  private static final int MAX_REASONS = 20;

  private final NodeName name;
  private final Roles roles;
  private final Alerts alerts;
  private final LiveMetrics metrics;
  private final LogStorage storage;
  private final ObjectProvider<Input> inputs;
  private final ObjectProvider<HealthEndpoint> health;
  private final String version;
  private final Clock clock;
  private final Instant startedAt;

  OwnStatus(
      NodeName name,
      Roles roles,
      Alerts alerts,
      LiveMetrics metrics,
      LogStorage storage,
      ObjectProvider<Input> inputs,
      ObjectProvider<HealthEndpoint> health,
      ObjectProvider<BuildProperties> build,
      Clock clock) {
    this.name = name;
    this.roles = roles;
    this.alerts = alerts;
    this.metrics = metrics;
    this.storage = storage;
    this.inputs = inputs;
    this.health = health;
    this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  NodeStatus now() {
    MetricsSnapshot figures = metrics.now();
    long free = figures.storage().freeBytes();
    return new NodeStatus(
        name.get(),
        List.of(roles.toString().split(",")),
        version,
        startedAt,
        clock.instant(),
        health(),
        roles.alerts() && alerts.isOnDuty(),
        lag(),
        figures.rates().received(),
        figures.rates().stored(),
        figures.storage().records(),
        figures.storage().bytes(),
        (free == Long.MAX_VALUE) ? null : Long.valueOf(free),
        storage.isShared());
  }

  private @Nullable Long lag() {
    List<Long> lags = inputs.stream().map(Input::lag).filter((lag) -> lag >= 0).toList();
    return lags.isEmpty() ? null : Long.valueOf(lags.stream().mapToLong(Long::longValue).sum());
  }

  private NodeStatus.Health health() {
    HealthDescriptor all = health.getObject().health();
    List<NodeStatus.Reason> reasons = new ArrayList<>();
    collect("", all, reasons);
    return new NodeStatus.Health(
        all.getStatus().getCode(), reasons.stream().limit(MAX_REASONS).toList());
  }

  private static void collect(
      String part, HealthDescriptor descriptor, List<NodeStatus.Reason> reasons) {
    if (descriptor instanceof CompositeHealthDescriptor composite) {
      Map<String, HealthDescriptor> parts = composite.getComponents();
      if (parts != null) {
        parts.forEach(
            (name, each) -> collect(part.isEmpty() ? name : part + "/" + name, each, reasons));
      }
    } else if (!descriptor.getStatus().equals(Status.UP)
        && !descriptor.getStatus().equals(Status.UNKNOWN)) {
      Map<String, Object> details =
          (descriptor instanceof IndicatedHealthDescriptor indicated)
              ? indicated.getDetails()
              : null;
      reasons.add(new NodeStatus.Reason(part, descriptor.getStatus().getCode(), text(details)));
    }
  }

  /** What is said to be the reason, or else all there is. */
  private static String text(@Nullable Map<String, Object> details) {
    if (details == null) {
      return "";
    }
    String text =
        details.containsKey("reason")
            ? String.valueOf(details.get("reason"))
            : details.entrySet().stream()
                .map((detail) -> detail.getKey() + " " + detail.getValue())
                .collect(Collectors.joining(", "));
    return (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) + "…" : text;
  }
}
