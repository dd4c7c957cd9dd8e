package io.logcaster.storage.config;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where records are kept.
 *
 * @param type the engine that keeps the records
 * @param memoryLimit how much the engine {@code memory} keeps before the oldest records go
 */
@Validated
@ConfigurationProperties("logcaster.storage")
record StorageProperties(
    @DefaultValue("jdbc") @NotNull Type type,
    @DefaultValue("256MB") @NotNull DataSize memoryLimit) {

  /** The engines. */
  enum Type {

    /** In memory only: gone with the process. */
    MEMORY,

    /** In an SQL database, H2 in the data directory. */
    JDBC
  }
}
