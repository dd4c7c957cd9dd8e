package io.logcaster.system;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * When a volume counts as full.
 *
 * @param minFreeSpace Records are refused while the data volume has less free space than this; by
 *     default 1GB or 5 % of the volume, whichever is smaller.
 */
@ConfigurationProperties("logcaster.storage")
record DiskProperties(@Nullable DataSize minFreeSpace) {

  DiskProperties {
    if (minFreeSpace != null && minFreeSpace.isNegative()) {
      throw new IllegalArgumentException("logcaster.storage.min-free-space must not be negative");
    }
  }
}
