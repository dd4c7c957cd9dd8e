package io.logcaster.metrics;

import io.logcaster.pipeline.StageLatencies;
import io.logcaster.pipeline.StageLatencies.Stage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The histograms {@code logcaster_stage_seconds}, one for each stage of a batch's way. */
final class StageMeters {

  /** From what a quick disk takes to what an overloaded server takes. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private StageMeters() {}

  static void bind(StageLatencies latencies, MeterRegistry registry) {
    Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      timers.put(
          stage,
          Timer.builder("logcaster.stage")
              .description("Time that batches take from the socket to searchable, by stage")
              .serviceLevelObjectives(BUCKETS)
              .tag("stage", stage.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    latencies.recordTo(
        (stage, nanos) -> {
          Timer timer = timers.get(stage);
          if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
          }
        });
  }
}
