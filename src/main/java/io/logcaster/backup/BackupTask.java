package io.logcaster.backup;

import io.logcaster.work.LongLived;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes backups on request and at an interval, one at a time, on a thread that exists only where
 * backups are wanted.
 */
final class BackupTask implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(BackupTask.class);

  /** Opens the bucket when it is first needed: the storage may be away at the start. */
  @FunctionalInterface
  interface Opening {

    Backups open() throws IOException;
  }

  private final Opening opening;
  private final @Nullable Duration interval;
  private final boolean on;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile @Nullable Backups backups;
  private volatile Status status = new Status("idle", null, null, null);
  private @Nullable ScheduledExecutorService timer;

  /**
   * @param on whether backups are wanted at all
   * @param interval null for backups on request only
   */
  BackupTask(boolean on, @Nullable Duration interval, Opening opening, Clock clock) {
    this.on = on;
    this.interval = interval;
    this.opening = opening;
    this.clock = clock;
  }

  /**
   * What the task does.
   *
   * @param state {@code idle}, {@code running} or {@code failed}
   * @param since when it began to do so; null for never
   * @param error why the last backup failed; null if it did not
   * @param last the last backup since the start; null for none
   */
  record Status(
      String state, @Nullable Instant since, @Nullable String error, Backups.@Nullable Made last) {}

  boolean isOn() {
    return on;
  }

  Status status() {
    return status;
  }

  /** The backups in the bucket. */
  Backups backups() throws IOException {
    Backups known = backups;
    if (known == null) {
      synchronized (this) {
        known = backups;
        if (known == null) {
          known = opening.open();
          backups = known;
        }
      }
    }
    return known;
  }

  /** Begins a backup; returns false if one runs. */
  boolean begin() {
    if (!busy.compareAndSet(false, true)) {
      return false;
    }
    status = new Status("running", clock.instant(), null, status.last());
    Thread.ofVirtual().name("backup").start(this::make);
    return true;
  }

  private void make() {
    try {
      Backups.Made made = backups().create();
      status = new Status("idle", clock.instant(), null, made);
    } catch (IOException | RuntimeException ex) {
      LOG.warn("The backup failed", ex);
      status =
          new Status("failed", clock.instant(), String.valueOf(ex.getMessage()), status.last());
    } finally {
      busy.set(false);
    }
  }

  @Override
  public synchronized void start() {
    if (on && interval != null && timer == null) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("backups").daemon().factory());
      ScheduledFuture<?> _ =
          timer.scheduleWithFixedDelay(
              LongLived.task("backups", this::begin),
              interval.toMillis(),
              interval.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    if (timer != null) {
      timer.shutdown();
      timer = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return timer != null;
  }
}
