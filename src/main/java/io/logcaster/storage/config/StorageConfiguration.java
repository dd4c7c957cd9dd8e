package io.logcaster.storage.config;

import io.logcaster.cluster.Roles;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaLogStorage;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.opensearch.OpenSearchLogStorage;
import io.logcaster.storage.segment.FormatVersions;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import io.logcaster.storage.tier.TierOptions;
import io.logcaster.system.DataDirectory;
import io.logcaster.system.DirectoryCheck;
import io.logcaster.system.DiskSpace;
import io.logcaster.system.InvalidSettingException;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  StorageProperties.class,
  RetentionProperties.class,
  TierProperties.class
})
class StorageConfiguration {

  /** Runs before the control database is opened, so that a refused start changes nothing at all. */
  @Bean
  static DirectoryCheck formatCheck(StorageProperties properties) {
    return (directory) -> {
      try {
        if (properties.type() == StorageProperties.Type.SEGMENT) {
          FormatVersions.check(directory);
        }
      } catch (IOException ex) {
        throw new StorageOpenException(directory, ex);
      }
    };
  }

  @Bean
  LogStorage logStorage(
      StorageProperties properties,
      TierProperties tier,
      DataDirectory directory,
      DiskSpace disk,
      MessageObserver observer,
      BatchLog.Hold hold,
      Roles roles,
      ClusterProperties cluster,
      Clock clock) {
    if ((roles.writesToKafka() || roles.readsFromKafka()) && cluster.brokers().isEmpty()) {
      throw new InvalidSettingException(
          "logcaster.cluster.brokers",
          "",
          "the roles " + roles + " need Kafka, for example kafka-1:9092");
    }
    try {
      TierOptions tiers = tier.options(System.getenv(), clock);
      if (tiers != null && properties.type() != StorageProperties.Type.SEGMENT) {
        throw new InvalidSettingException(
            "logcaster.tier.bucket",
            String.valueOf(tier.bucket()),
            "only the storage 'segment' has segments, but logcaster.storage.type is "
                + properties.type());
      }
      if (!roles.writesToKafka()) {
        return open(properties, directory, disk, observer, hold, tiers);
      }
      // A node that only receives records keeps none, so that its disk holds nothing of value.
      return new KafkaLogStorage(
          cluster,
          roles.queries()
              ? open(properties, directory, disk, observer, hold, tiers)
              : new InMemoryLogStorage(1));
    } catch (IOException ex) {
      String server = properties.server();
      throw (server == null)
          ? new StorageOpenException(directory.dir(), ex)
          : new StorageOpenException(server, directory.dir(), ex);
    }
  }

  private static LogStorage open(
      StorageProperties properties,
      DataDirectory directory,
      DiskSpace disk,
      MessageObserver observer,
      BatchLog.Hold hold,
      @Nullable TierOptions tiers)
      throws IOException {
    return switch (properties.type()) {
      case MEMORY -> new InMemoryLogStorage(properties.memoryLimit().toBytes());
      case JDBC -> RecordDatabase.open(properties.jdbc(), directory.dir());
      case OPENSEARCH -> OpenSearchLogStorage.open(properties.opensearch().options());
      case SEGMENT ->
          SegmentLogStorage.open(
              directory.dir(),
              SegmentOptions.defaults()
                  .withDurability(properties.durability())
                  .withCacheWithin(properties.cacheSize().toBytes())
                  .withMinFreeBytes(disk.minimum()),
              observer,
              hold,
              tiers);
    };
  }
}
