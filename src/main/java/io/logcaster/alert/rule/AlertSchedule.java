package io.logcaster.alert.rule;

import io.logcaster.alert.condition.NewTemplates;
import io.logcaster.alert.live.LiveRules;
import io.logcaster.cluster.Lease;
import io.logcaster.cluster.Roles;
import io.logcaster.series.KeptSeries;
import io.logcaster.work.LongLived;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Starts the evaluations of rules that are due, and keeps the history within its limits. */
final class AlertSchedule implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AlertSchedule.class);

  /** How late an evaluation may start. A check for due rules costs next to nothing. */
  private static final long TICK_MILLIS = 200;

  private static final long PRUNE_MINUTES = 30;

  private static final long SHARE_MILLIS = 1_000;

  private final RuleEvaluator evaluator;
  private final LiveRules live;
  private final NewTemplates births;
  private final KeptSeries series;
  private final AlertStore store;
  private final AlertProperties properties;
  private final Roles roles;
  private final Lease lease;
  private final RelayedChanges others;
  private final Clock clock;
  private @Nullable ScheduledExecutorService scheduler;

  AlertSchedule(
      RuleEvaluator evaluator,
      LiveRules live,
      NewTemplates births,
      KeptSeries series,
      AlertStore store,
      AlertProperties properties,
      Roles roles,
      Lease lease,
      RelayedChanges others,
      Clock clock) {
    this.others = others;
    this.roles = roles;
    this.lease = lease;
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
    if (lease.isShared()) {
      evaluator.load();
      others.relay();
    } else if (roles.alerts()) {
      evaluator.takeDuty();
    }
    live.start(evaluator::hurry);
    births.onBirth(evaluator::born);
    series.onValues(evaluator::valuesKept);
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alerts").factory());
    every(started, this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    if (roles.alerts()) {
      every(started, this::prune, PRUNE_MINUTES, TimeUnit.MINUTES);
    }
    if (lease.isShared()) {
      every(started, this::share, SHARE_MILLIS, TimeUnit.MILLISECONDS);
    }
    scheduler = started;
  }

  private static void every(
      ScheduledExecutorService scheduler, Runnable task, long period, TimeUnit unit) {
    Runnable guarded = LongLived.task("alerts", task);
    var _ = scheduler.scheduleWithFixedDelay(guarded, 0, period, unit);
  }

  private void tick() {
    if (evaluator.isOnDuty()) {
      evaluator.tick();
    }
  }

  /** Keeps the lease, or shows what the node that holds it has found. */
  private void share() {
    try {
      if (!roles.alerts() || !lease.beat()) {
        evaluator.leaveDuty();
        evaluator.load();
        others.relay();
      } else if (!evaluator.isOnDuty()) {
        others.relay();
        LOG.info("This node evaluates the alert rules now");
        evaluator.takeDuty();
      } else {
        evaluator.follow();
      }
    } catch (DataAccessException ex) {
      LOG.debug("The control database cannot be reached", ex); // health says so
    }
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
      evaluator.leaveDuty();
      try {
        lease.release();
      } catch (DataAccessException ex) {
        LOG.debug("The lease runs out by itself", ex);
      }
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
