package io.logcaster.canary;

import io.logcaster.system.SettingsStore;
import io.logcaster.work.LongLived;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs a round of the canary from time to time, if it is enabled. */
final class CanaryTask implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(CanaryTask.class);

  /** The setting as it was at the last start, so that users may switch the rule themselves. */
  private static final String LAST = "canary.enabled";

  private final Canary canary;
  private final CanaryProperties properties;
  private final SettingsStore settings;
  private final JdbcClient jdbc;
  private @Nullable ScheduledExecutorService scheduler;
  private boolean running;

  CanaryTask(Canary canary, CanaryProperties properties, SettingsStore settings, JdbcClient jdbc) {
    this.canary = canary;
    this.properties = properties;
    this.settings = settings;
    this.jdbc = jdbc;
  }

  @Override
  public synchronized void start() {
    running = true;
    switchRule();
  }

  /** Starts the rounds: only now is every input open, however long the start took. */
  @Override
  public synchronized void onApplicationEvent(ApplicationReadyEvent event) {
    if (!properties.enabled() || !running || scheduler != null) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("canary").factory());
    long millis = properties.interval().toMillis();
    var _ =
        started.scheduleWithFixedDelay(
            LongLived.task("canary", this::round),
            Math.min(millis, 1_000),
            millis,
            TimeUnit.MILLISECONDS);
    scheduler = started;
  }

  /** Switches the shipped rule with the canary, whenever that was switched since the last start. */
  private void switchRule() {
    try {
      boolean before = settings.get(LAST).map(Boolean::parseBoolean).orElse(false);
      if (before != properties.enabled()) {
        jdbc.sql("UPDATE alert_rule SET enabled = ? WHERE id = 'canary'")
            .param(properties.enabled())
            .update();
        settings.put(LAST, Boolean.toString(properties.enabled()));
      }
    } catch (DataAccessException ex) {
      LOG.warn("The rule of the canary cannot be switched: {}", ex.toString());
    }
  }

  private void round() {
    try {
      canary.round();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    ScheduledExecutorService stopped = scheduler;
    if (stopped != null) {
      scheduler = null;
      stopped.shutdownNow();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  /** Starts after the inputs and the rules, and stops before them. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
