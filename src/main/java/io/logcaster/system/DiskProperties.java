package io.logcaster.system;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * When a volume counts as full.
 *
 * @param minFreeSpace Free space of the data volume below which records are refused; 1GB or 5 % of
 *     it, the smaller, by default.
 */
@ConfigurationProperties("logcaster.storage")
record DiskProperties(@Nullable DataSize minFreeSpace) {

  DiskProperties {
    if (minFreeSpace != null && minFreeSpace.isNegative()) {
      throw new IllegalArgumentException("logcaster.storage.min-free-space must not be negative");
    }
  }
}
