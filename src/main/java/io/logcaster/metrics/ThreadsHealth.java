package io.logcaster.metrics;

import io.logcaster.work.ThreadFailures;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Health of the server's own threads: down for a while after one of them was restarted. */
final class ThreadsHealth extends AbstractHealthIndicator {

  private final ThreadFailures failures;

  ThreadsHealth(ThreadFailures failures) {
    this.failures = failures;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Map<String, String> recent = failures.recent();
    if (recent.isEmpty()) {
      builder.up();
    } else {
      builder.down().withDetail("failed", recent);
    }
    Map<String, Long> counts = failures.counts();
    if (!counts.isEmpty()) {
      builder.withDetail("failures", counts);
    }
  }
}
