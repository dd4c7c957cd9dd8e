package io.logcaster.sink;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health {@code sinks}: always up, because a receiver that fails is no reason to restart the
 * server; the details say which sinks fail, and why.
 */
final class SinkHealth extends AbstractHealthIndicator {

  private final Sinks sinks;

  SinkHealth(Sinks sinks) {
    super("The state of sinks cannot be read");
    this.sinks = sinks;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    Map<String, String> failing = new TreeMap<>(sinks.broken());
    Map<String, Long> waiting = new TreeMap<>();
    for (RunningSink sink : sinks.all()) {
      String error = sink.error();
      String name = sink.definition().name();
      if (error != null) {
        failing.put(name, error);
      }
      long records = sink.queue().records();
      if (records > 0) {
        waiting.put(name, records);
      }
    }
    if (!failing.isEmpty()) {
      health.withDetail("failing", failing);
    }
    if (!waiting.isEmpty()) {
      health.withDetail("waiting", waiting);
    }
  }
}
