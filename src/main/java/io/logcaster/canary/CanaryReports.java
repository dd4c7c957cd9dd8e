package io.logcaster.canary;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Tells others what became of the canary's records: meters for all, and a record for each that was
 * lost, which the shipped rule counts. A record that is found needs no report.
 */
final class CanaryReports implements Canary.Listener {

  private static final Duration[] BUCKETS = {
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

  private final Intake intake;
  private final Supplier<InputMetrics> books;
  private final List<String> streamFields;
  private final Supplier<MeterRegistry> meters;
  private final Clock clock;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  CanaryReports(
      Intake intake,
      Supplier<InputMetrics> books,
      List<String> streamFields,
      Supplier<MeterRegistry> meters,
      Clock clock) {
    this.intake = intake;
    this.books = books;
    this.streamFields = streamFields;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void found(RouteStats stats, String route, double seconds) {
    timer(stats, route).record(Duration.ofNanos((long) (seconds * 1e9)));
  }

  @Override
  public void lost(RouteStats stats, String route, long number, String reason) {
    var _ = timer(stats, route);
    RecordBatchBuilder builder = RecordBatch.builder(streamFields);
    int app = builder.column("app");
    int routeColumn = builder.column("canary_route");
    int lost = builder.column("canary_lost");
    builder.arrivalTime(CanaryConfiguration.nanos(clock.instant()));
    builder.value(app, Canary.APP);
    builder.value(routeColumn, route);
    builder.value(lost, "1");
    builder.value(RecordBatchBuilder.LEVEL, "ERROR");
    builder.severity(Severity.parse("ERROR"));
    builder.value(
        RecordBatchBuilder.MESSAGE,
        "Canary %d through %s is lost: %s".formatted(number, route, reason));
    builder.end();
    // Its outcome is counted; a server in trouble has the meters and the health.
    if (intake.offer(builder.build(), books.get()) == null) {
      books.get().drop("buffer_full", 1);
    }
  }

  private Timer timer(RouteStats stats, String route) {
    return timers.computeIfAbsent(
        route,
        (name) -> {
          counter("sent", "Records that the canary sent", stats, name, RouteStats::sent);
          counter("found", "Records of the canary found in time", stats, name, RouteStats::found);
          counter("lost", "Records of the canary lost", stats, name, RouteStats::lost);
          return Timer.builder("logcaster.canary.searchable")
              .description("Time from a canary's socket to the query that found its record")
              .serviceLevelObjectives(BUCKETS)
              .tag("route", name)
              .register(meters.get());
        });
  }

  private void counter(
      String name,
      String description,
      RouteStats stats,
      String route,
      ToDoubleFunction<RouteStats> value) {
    FunctionCounter.builder("logcaster.canary." + name, stats, value)
        .description(description)
        .tag("route", route)
        .register(meters.get());
  }
}
