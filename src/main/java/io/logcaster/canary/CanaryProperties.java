package io.logcaster.canary;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The canary.
 *
 * @param enabled Whether records are sent through each open input and looked for.
 * @param interval Time between two rounds.
 * @param timeout A record that is not found within this time is lost.
 */
@ConfigurationProperties("logcaster.canary")
record CanaryProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("30s") Duration interval,
    @DefaultValue("10s") Duration timeout) {

  CanaryProperties {
    require(interval.compareTo(Duration.ofSeconds(1)) >= 0, "interval", "1s", interval);
    require(timeout.compareTo(Duration.ofMillis(100)) >= 0, "timeout", "100ms", timeout);
  }

  private static void require(boolean right, String name, String least, Duration given) {
    if (!right) {
      throw new IllegalArgumentException(
          "logcaster.canary.%s is %s, but must be at least %s".formatted(name, given, least));
    }
  }
}
