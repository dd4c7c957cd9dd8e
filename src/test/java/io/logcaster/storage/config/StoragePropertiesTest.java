package io.logcaster.storage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.storage.opensearch.OpenSearchOptions;
import io.logcaster.storage.wal.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void openSearch_byDefault_isANodeOnThisMachine() {
    OpenSearchOptions options = bind(Map.of()).opensearch().options();
    assertThat(options)
        .isEqualTo(
            new OpenSearchOptions(
                List.of(URI.create("http://127.0.0.1:9200")),
                null,
                null,
                null,
                "logcaster",
                1,
                1,
                2,
                Duration.ofSeconds(60),
                30L << 30));
    assertThat(bind(Map.of()).jdbc().url()).isNull();
  }

  @Test
  void everySettingOfTheServers_isApplied() {
    Map<String, String> settings = new HashMap<>();
    settings.put("logcaster.storage.opensearch.urls", "https://a:9200,https://b:9200/path");
    settings.put("logcaster.storage.opensearch.user", "u");
    settings.put("logcaster.storage.opensearch.password-file", "/p");
    settings.put("logcaster.storage.opensearch.ca-file", "/c");
    settings.put("logcaster.storage.opensearch.prefix", "x");
    settings.put("logcaster.storage.opensearch.shards", "3");
    settings.put("logcaster.storage.opensearch.replicas", "0");
    settings.put("logcaster.storage.opensearch.writers", "4");
    settings.put("logcaster.storage.opensearch.timeout", "5s");
    settings.put("logcaster.storage.opensearch.rollover-size", "1GB");
    settings.put("logcaster.storage.jdbc.url", "jdbc:postgresql://db/logs");
    settings.put("logcaster.storage.jdbc.user", "j");
    settings.put("logcaster.storage.jdbc.password-file", "/q");
    StorageProperties properties = bind(settings);
    assertThat(properties.opensearch().options())
        .isEqualTo(
            new OpenSearchOptions(
                List.of(URI.create("https://a:9200"), URI.create("https://b:9200/path")),
                "u",
                Path.of("/p"),
                Path.of("/c"),
                "x",
                3,
                0,
                4,
                Duration.ofSeconds(5),
                1L << 30));
    assertThat(properties.jdbc())
        .isEqualTo(new JdbcProperties("jdbc:postgresql://db/logs", "j", Path.of("/q")));
  }

  @ParameterizedTest
  @CsvSource({
    "opensearch.urls, ftp://a",
    "opensearch.urls, http://u:p@a:9200",
    "opensearch.prefix, Logs",
    "opensearch.shards, 0",
    "opensearch.replicas, -1",
    "opensearch.writers, 0",
    "opensearch.timeout, 1ms",
    "opensearch.rollover-size, 0B",
    "opensearch.user, someone",
    "jdbc.url, jdbc:mysql://db/logs"
  })
  void wrongSetting_isRefusedByName(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("logcaster.storage." + name, value)))
        .hasStackTraceContaining("logcaster.storage." + name);
  }
}
