package io.logcaster.ingest.docker;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The containers of a Docker daemon.
 *
 * @param socket Path of the daemon's socket, such as /var/run/docker.sock; none is read without it.
 * @param exclude Names of containers that are not read.
 * @param history How far back logs are read at the first start; later starts continue where the
 *     last one stopped.
 * @param joinWait How long the last line waits for lines of a stack trace and indented lines, which
 *     become one record with it; 0s leaves lines apart.
 */
@ConfigurationProperties("logcaster.docker")
public record DockerProperties(
    @Nullable String socket,
    @DefaultValue Set<String> exclude,
    @DefaultValue("0s") Duration history,
    @DefaultValue("100ms") Duration joinWait) {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  public DockerProperties {
    exclude = Set.copyOf(exclude);
    if (history.isNegative()) {
      throw new IllegalArgumentException(
          "logcaster.docker.history is %s; it must not be negative".formatted(history));
    }
    if (joinWait.isNegative() || joinWait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "logcaster.docker.join-wait is %s; it must be from 0s to 1m".formatted(joinWait));
    }
  }
}
