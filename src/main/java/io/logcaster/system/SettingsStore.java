package io.logcaster.system;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settings changed at run time, each one a JSON text in the control database. Thread-safe.
 *
 * <p>A feature names its setting after itself ({@code filter}) and reads it when it starts. A value
 * set at run time takes precedence over the configured one.
 */
@Component
public class SettingsStore {

  private final JdbcClient jdbc;
  private final Clock clock;

  SettingsStore(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Optional<String> get(String name) {
    return jdbc.sql("SELECT setting_value FROM settings WHERE name = ?")
        .param(name)
        .query(String.class)
        .optional();
  }

  /** The value is on disk when this returns. */
  public void put(String name, String value) {
    jdbc.sql("MERGE INTO settings (name, setting_value, changed_at) KEY (name) VALUES (?, ?, ?)")
        .params(name, value, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
  }

  /** Restores the configured default. */
  public void remove(String name) {
    jdbc.sql("DELETE FROM settings WHERE name = ?").param(name).update();
  }
}
