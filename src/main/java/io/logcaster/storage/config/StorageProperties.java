package io.logcaster.storage.config;

import io.logcaster.storage.wal.Durability;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the record storage.
 *
 * @param type the engine that keeps the records
 * @param durability when a record counts as stored: {@code sync}, after the disk has it, or {@code
 *     async}, after the operating system has it, with the disk a second later
 * @param cacheSize the size of the cache of decoded data for queries, at most an eighth of the heap
 * @param jdbc the database of the engine {@code jdbc}
 * @param opensearch the cluster of the engine {@code opensearch}
 * @param memoryLimit how much the engine {@code memory} keeps before it drops the oldest records
 */
@Validated
@ConfigurationProperties("logcaster.storage")
record StorageProperties(
    @DefaultValue("segment") @NotNull Type type,
    @DefaultValue("sync") @NotNull Durability durability,
    @DefaultValue("256MB") @NotNull DataSize memoryLimit,
    @DefaultValue("64MB") @NotNull DataSize cacheSize,
    @DefaultValue @Valid JdbcProperties jdbc,
    @DefaultValue @Valid OpenSearchProperties opensearch) {

  /** The server that keeps the records; null if they stay in this process or its directory. */
  @Nullable String server() {
    return switch (type) {
      case MEMORY, SEGMENT -> null;
      case JDBC -> jdbc.url();
      case OPENSEARCH -> opensearch.urls().getFirst().toString();
    };
  }

  /** The engines. */
  enum Type {

    /** In memory only: lost when the process ends. */
    MEMORY,

    /** In an SQL database: H2 in the data directory, or PostgreSQL. */
    JDBC,

    /** In a cluster of OpenSearch or Elasticsearch. */
    OPENSEARCH,

    /** In LogCaster's own segments. */
    SEGMENT
  }
}
