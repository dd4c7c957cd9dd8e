package io.logcaster.metrics;

import io.logcaster.work.LongLived;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Health of the server's own threads: down for a while after one of them was restarted. */
final class ThreadsHealth extends AbstractHealthIndicator {

  private final long started = System.nanoTime();

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Map<String, String> recent = LongLived.recentFailures(started);
    if (recent.isEmpty()) {
      builder.up();
    } else {
      builder.down().withDetail("failed", recent);
    }
    Map<String, Long> failures = LongLived.failures();
    if (!failures.isEmpty()) {
      builder.withDetail("failures", failures);
    }
  }
}
