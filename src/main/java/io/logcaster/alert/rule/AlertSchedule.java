package io.logcaster.alert.rule;

import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.series.KeptSeries;
import io.logcaster.work.LongLived;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts the evaluations of rules that are due, and keeps the history within its limits. */
final class AlertSchedule implements SmartLifecycle {

  /** How late an evaluation may start. A check for due rules costs next to nothing. */
  private static final long TICK_MILLIS = 200;

  private static final long PRUNE_MINUTES = 30;

  private final RuleEvaluator evaluator;
  private final LiveRules live;
  private final NewTemplates births;
  private final KeptSeries series;
  private final AlertStore store;
  private final AlertProperties properties;
  private final Clock clock;
  private @Nullable ScheduledExecutorService scheduler;

  AlertSchedule(
      RuleEvaluator evaluator,
      LiveRules live,
      NewTemplates births,
      KeptSeries series,
      AlertStore store,
      AlertProperties properties,
      Clock clock) {
    this.evaluator = evaluator;
    this.live = live;
    this.births = births;
    this.series = series;
    this.store = store;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    evaluator.load();
    live.start(evaluator::hurry);
    births.onBirth(evaluator::born);
    series.onValues(evaluator::valuesKept);
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alerts").factory());
    every(started, evaluator::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    every(started, this::prune, PRUNE_MINUTES, TimeUnit.MINUTES);
    scheduler = started;
  }

  private static void every(
      ScheduledExecutorService scheduler, Runnable task, long period, TimeUnit unit) {
    Runnable guarded = LongLived.task("alerts", task);
    var _ = scheduler.scheduleWithFixedDelay(guarded, 0, period, unit);
  }

  private void prune() {
    store.prune(clock.instant().minus(properties.historyMaxAge()), properties.historyMaxEntries());
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = scheduler;
    if (running != null) {
      running.shutdownNow();
      scheduler = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Starts after the pipeline and before the web server; stops before the pipeline. */
  @Override
  public int getPhase() {
    return 100;
  }
}
