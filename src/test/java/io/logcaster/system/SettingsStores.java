package io.logcaster.system;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Run-time settings for tests of other packages. */
public final class SettingsStores {

  private SettingsStores() {}

  public static SettingsStore of(JdbcClient jdbc, Clock clock) {
    return new SettingsStore(jdbc, clock);
  }
}
