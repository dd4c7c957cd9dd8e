package io.logcaster.metrics;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.storage.TierStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the storage: out of service while it accepts no records; queries still work. Lists
 * damage found at the start or later; the rest is served.
 */
final class StorageHealth extends AbstractHealthIndicator {

  private final LogStorage storage;

  StorageHealth(LogStorage storage) {
    this.storage = storage;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    StorageStats stats = storage.stats();
    if (stats.readOnly()) {
      builder.outOfService().withDetail("reason", reason());
    } else {
      builder.up();
    }
    builder.withDetail("records", stats.records()).withDetail("bytes", stats.bytes());
    if (storage instanceof StorageUpkeep upkeep) {
      if (!upkeep.damage().isEmpty()) {
        builder.withDetail("damage", upkeep.damage());
      }
      TierStatus tier = upkeep.tier();
      if (tier != null) {
        builder.withDetail("tier", tier);
      }
    }
  }

  private String reason() {
    String refusal = (storage instanceof StorageUpkeep upkeep) ? upkeep.refusal() : null;
    return (refusal != null) ? refusal : "The storage accepts no records";
  }
}
