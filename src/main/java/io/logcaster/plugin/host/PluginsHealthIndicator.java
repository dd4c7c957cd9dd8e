package io.logcaster.plugin.host;

import java.util.List;
import java.util.SortedMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health {@code plugins}: always up, because a broken plug-in is no reason to restart the server;
 * the details name the broken ones.
 */
final class PluginsHealthIndicator extends AbstractHealthIndicator {

  private final Plugins plugins;

  PluginsHealthIndicator(Plugins plugins) {
    super("The plug-ins cannot be listed");
    this.plugins = plugins;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    List<String> names = plugins.names();
    if (!names.isEmpty()) {
      health.withDetail("plugins", names);
    }
    SortedMap<String, String> failures = plugins.failures();
    if (!failures.isEmpty()) {
      health.withDetail("broken", failures);
    }
  }
}
