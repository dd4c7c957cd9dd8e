package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.nodes.LoneNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.mock.web.MockHttpServletResponse;

/** How an input that fetches messages tells how many wait. */
class InputLagTest {

  private record Behind(long lag) implements Input {

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public InputStats stats() {
      return new InputStats(
          "kafka", "kafka", "topic", InputStats.State.RUNNING, 0, 0, 0, 0, List.of());
    }
  }

  @Test
  void lag_isShownByHealthTheListAndTheMetrics() {
    Input input = new Behind(42);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new InputMeters(input).bindTo(registry);

    assertThat(registry.get("logcaster.input.lag").tag("input", "kafka").gauge().value())
        .isEqualTo(42);
    Health health = new InputHealthIndicator(input).health();
    assertThat(health.getDetails()).containsEntry("lag", 42L);
    assertThat(
            new InputsController(List.of(input), LoneNode.answers())
                .inputs("", new MockHttpServletResponse())
                .inputs()
                .getFirst()
                .lag())
        .isEqualTo(42L);
  }

  @Test
  void lag_thatIsNotKnown_isLeftOut() {
    Input input = new Behind(-1);
    Health health = new InputHealthIndicator(input).health();
    assertThat(health.getDetails()).doesNotContainKey("lag");
    assertThat(
            new InputsController(List.of(input), LoneNode.answers())
                .inputs("", new MockHttpServletResponse())
                .inputs()
                .getFirst()
                .lag())
        .isNull();
  }
}
