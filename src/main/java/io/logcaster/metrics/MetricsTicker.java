package io.logcaster.metrics;

import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Ledger;
import io.logcaster.work.LongLived;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Updates the live figures every second, and logs the counters of the inputs at shutdown. */
final class MetricsTicker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsTicker.class);

  private final LiveMetrics metrics;
  private final Supplier<LedgerMeters> meters;
  private final Ledger ledger;
  private @Nullable ScheduledExecutorService scheduler;

  /**
   * @param meters called on the ticker's own thread, because creating a registry takes a while
   */
  MetricsTicker(LiveMetrics metrics, Supplier<LedgerMeters> meters, Ledger ledger) {
    this.metrics = metrics;
    this.meters = meters;
    this.ledger = ledger;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics").factory());
    var _ =
        started.scheduleAtFixedRate(LongLived.task("metrics", this::tick), 0, 1, TimeUnit.SECONDS);
    scheduler = started;
  }

  private void tick() {
    try {
      metrics.tick();
      meters.get().update();
    } catch (RuntimeException ex) {
      LOG.warn("The live figures could not be updated", ex);
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = scheduler;
    if (running != null) {
      scheduler = null;
      running.shutdownNow();
      for (InputMetrics input : ledger.inputs()) {
        LOG.info("Input {}: {}", input.id(), input.totals());
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Stops after the pipeline, whose phase is 0: only then is nothing in flight. */
  @Override
  public int getPhase() {
    return -100;
  }
}
