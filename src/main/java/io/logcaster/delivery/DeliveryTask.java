package io.logcaster.delivery;

import io.logcaster.delivery.DeliveryTracker.Doubt;
import io.logcaster.query.QueryEngine;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Saves the numbers of senders every few seconds, and confirms doubtful gaps from the store. */
final class DeliveryTask implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryTask.class);

  /** What is not saved when the server is killed must be looked up afterwards. */
  private static final long SECONDS = 5;

  private final DeliveryTracker tracker;
  private final QueryEngine queries;
  private @Nullable ScheduledExecutorService scheduler;

  DeliveryTask(DeliveryTracker tracker, QueryEngine queries) {
    this.tracker = tracker;
    this.queries = queries;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deliveries").factory());
    var _ =
        started.scheduleWithFixedDelay(
            LongLived.task("deliveries", this::run), SECONDS, SECONDS, TimeUnit.SECONDS);
    scheduler = started;
  }

  void run() {
    for (Doubt doubt : tracker.doubts()) {
      try {
        confirm(doubt);
      } catch (IOException | RuntimeException ex) {
        LOG.warn("The gap after a crash of {} cannot be confirmed now", doubt.sender().name(), ex);
      }
    }
    tracker.announce();
    tracker.save();
  }

  private void confirm(Doubt doubt) throws IOException {
    Spans stored = new Spans();
    List<Map<String, String>> rows =
        queries.rows(
            queries.parse(
                JournalNumbers.query(doubt.sender(), doubt.gap().from(), doubt.gap().to())),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    rows.stream()
        .mapToLong(JournalNumbers::number)
        .filter((number) -> number >= 0)
        .sorted()
        .forEach(stored::add);
    tracker.settle(doubt, stored.take());
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = scheduler;
    if (running != null) {
      scheduler = null;
      running.shutdown();
      tracker.close();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Stops after the pipeline, whose phase is 0: only then has everything arrived. */
  @Override
  public int getPhase() {
    return -50;
  }
}
