package io.logcaster.metrics;

import io.logcaster.metrics.MetricsSnapshot.Counts;
import io.logcaster.metrics.MetricsSnapshot.InputCounts;
import io.logcaster.metrics.MetricsSnapshot.Rates;
import io.logcaster.pipeline.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Computes the live figures: one snapshot per second for all subscribers. Thread-safe. */
public final class LiveMetrics {

  /** Rates are averages over this time: long enough to be readable, short enough to be live. */
  static final Duration RATE_TIME = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Supplier<Gauges> gauges;
  private final Clock clock;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final Sinks.Many<MetricsSnapshot> sink = Sinks.many().replay().latest();

  private record Sample(Instant time, Counts counts) {}

  /** Figures read from other parts of the server. */
  record Gauges(
      int connections,
      MetricsSnapshot.Buffer buffer,
      MetricsSnapshot.Storage storage,
      MetricsSnapshot.Host host,
      MetricsSnapshot.Alerts alerts) {}

  LiveMetrics(Ledger ledger, Supplier<Gauges> gauges, Clock clock) {
    this.ledger = ledger;
    this.gauges = gauges;
    this.clock = clock;
  }

  /** The current figures. */
  public MetricsSnapshot now() {
    Instant time = clock.instant();
    Counts totals = Counts.of(ledger.totals());
    Gauges read = gauges.get();
    return new MetricsSnapshot(
        time,
        totals,
        rates(time, totals),
        new MetricsSnapshot.Reasons(ledger.transformed(), ledger.rejected(), ledger.dropped()),
        ledger.levels(),
        ledger.inputs().stream().map(InputCounts::of).toList(),
        read.connections(),
        read.buffer(),
        read.storage(),
        read.host(),
        read.alerts(),
        null);
  }

  /** The figures of a node that nothing is known of. */
  static MetricsSnapshot nothing(MetricsSnapshot like) {
    return new MetricsSnapshot(
        like.time(),
        new Counts(0, 0, 0, 0, 0),
        Rates.NONE,
        new MetricsSnapshot.Reasons(Map.of(), Map.of(), Map.of()),
        Map.of(),
        List.of(),
        0,
        new MetricsSnapshot.Buffer(0, 0),
        new MetricsSnapshot.Storage(0, 0, Long.MAX_VALUE),
        MetricsSnapshot.Host.of(null),
        new MetricsSnapshot.Alerts(0, 0),
        null);
  }

  private synchronized Rates rates(Instant time, Counts totals) {
    Sample oldest = samples.peekFirst();
    if (oldest == null || !time.isAfter(oldest.time())) {
      return Rates.NONE;
    }
    double seconds = Duration.between(oldest.time(), time).toNanos() / 1e9;
    return Rates.between(oldest.counts(), totals, seconds);
  }

  /** Takes a snapshot and publishes it; called every second. */
  void tick() {
    MetricsSnapshot snapshot = now();
    synchronized (this) {
      samples.addLast(new Sample(snapshot.time(), snapshot.totals()));
      // With a tolerance of half a second, because ticks are not exact.
      Instant oldest = snapshot.time().minus(RATE_TIME).plusMillis(500);
      while (samples.size() > 1 && samples.peekFirst().time().isBefore(oldest)) {
        samples.removeFirst();
      }
    }
    sink.tryEmitNext(snapshot);
  }

  /** The latest snapshot and all that follow; a slow subscriber gets only the latest. */
  Flux<MetricsSnapshot> stream() {
    return sink.asFlux().onBackpressureLatest();
  }
}
