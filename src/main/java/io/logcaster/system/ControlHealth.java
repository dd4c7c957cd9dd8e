package io.logcaster.system;

import java.sql.Connection;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health {@code db}: down while rules, tokens, searches and deletions cannot be saved. Ingest and
 * queries continue without it. Also reports what the last start found damaged and did about it.
 */
final class ControlHealth extends AbstractHealthIndicator {

  private final ControlPool pool;

  ControlHealth(ControlPool pool) {
    super("The control database cannot be opened");
    this.pool = pool;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) throws Exception {
    if (!pool.events().isEmpty()) {
      health.withDetail("start", pool.events());
    }
    try (Connection connection = pool.getConnection()) {
      health.withDetail("database", connection.getMetaData().getDatabaseProductName());
    }
    ControlPool.Failure failure = pool.failure();
    if (failure == null) {
      health.up();
    } else {
      health
          .down()
          .withDetail("reason", failure.reason())
          .withDetail("since", failure.since().toString());
    }
  }
}
