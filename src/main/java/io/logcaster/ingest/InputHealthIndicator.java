package io.logcaster.ingest;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The health of one input: up while it accepts records. */
public final class InputHealthIndicator extends AbstractHealthIndicator {

  private final Input input;

  public InputHealthIndicator(Input input) {
    super("The state of the input is not available");
    this.input = input;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    InputStats stats = input.stats();
    health
        .status(stats.state() == InputStats.State.RUNNING ? "UP" : "DOWN")
        .withDetail("address", stats.address())
        .withDetail("state", stats.state())
        .withDetail("connections", stats.connections().size());
    long lag = input.lag();
    if (lag >= 0) {
      health.withDetail("lag", lag);
    }
    String note = input.note();
    if (note != null) {
      health.withDetail("note", note);
    }
  }
}
