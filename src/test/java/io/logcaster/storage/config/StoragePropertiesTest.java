package io.logcaster.storage.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.storage.wal.Durability;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class StoragePropertiesTest {

  private static StorageProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("logcaster.storage", StorageProperties.class);
  }

  @Test
  void defaults_keepRecordsInSegments() {
    StorageProperties properties = bind(Map.of());
    assertThat(properties.type()).isEqualTo(StorageProperties.Type.SEGMENT);
    assertThat(properties.durability()).isEqualTo(Durability.SYNC);
    assertThat(properties.memoryLimit()).isEqualTo(DataSize.ofMegabytes(256));
    assertThat(properties.cacheSize()).isEqualTo(DataSize.ofMegabytes(64));
  }

  @Test
  void everySetting_isApplied() {
    StorageProperties properties =
        bind(
            Map.of(
                "logcaster.storage.type", "memory",
                "logcaster.storage.durability", "async",
                "logcaster.storage.memory-limit", "1MB",
                "logcaster.storage.cache-size", "2MB"));
    assertThat(properties.type()).isEqualTo(StorageProperties.Type.MEMORY);
    assertThat(properties.durability()).isEqualTo(Durability.ASYNC);
    assertThat(properties.memoryLimit()).isEqualTo(DataSize.ofMegabytes(1));
    assertThat(properties.cacheSize()).isEqualTo(DataSize.ofMegabytes(2));
  }
}
