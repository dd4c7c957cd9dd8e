package io.logcaster.system;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Health {@code disk}: down while records are refused because the data volume is nearly full. */
@Component
class DiskHealthIndicator extends AbstractHealthIndicator {

  private final DiskSpace disk;
  private final DataDirectory directory;

  DiskHealthIndicator(DiskSpace disk, DataDirectory directory) {
    super("The free space of the data volume cannot be read");
    this.disk = disk;
    this.directory = directory;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    long free = disk.free();
    health
        .status(free < disk.minimum() ? "DOWN" : "UP")
        .withDetail("path", directory.toString())
        .withDetail("freeBytes", free)
        .withDetail("totalBytes", disk.total())
        .withDetail("minFreeBytes", disk.minimum());
  }
}
