package io.logcaster.metrics;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.logcaster.work.LongLived;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the server's two internal inputs: the machine's load and the server's log. */
final class OwnInputs implements SmartLifecycle {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OwnInputs.class);

  /**
   * Loading the native libraries takes some tenths of a second of processor time, which the rest of
   * the start needs more.
   */
  private static final long PREPARE_MILLIS = 2_000;

  /** The first reading is early, so that the dashboard has something to show. */
  private static final long FIRST_READING_MILLIS = PREPARE_MILLIS + 1_000;

  private final HostInput host;
  private final HostProperties hostProperties;
  private final @Nullable SelfLog selfLog;
  private @Nullable ScheduledExecutorService scheduler;

  /**
   * @param selfLog null if the server's log is not stored
   */
  OwnInputs(HostInput host, HostProperties hostProperties, @Nullable SelfLog selfLog) {
    this.host = host;
    this.hostProperties = hostProperties;
    this.selfLog = selfLog;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("host-metrics").factory());
    if (hostProperties.enabled()) {
      Duration interval = hostProperties.interval();
      Runnable measuring = LongLived.task("host-metrics", this::measure);
      var _ = started.schedule(measuring, PREPARE_MILLIS, TimeUnit.MILLISECONDS);
      var _ =
          started.scheduleAtFixedRate(
              measuring, FIRST_READING_MILLIS, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    scheduler = started;
    SelfLog log = selfLog;
    if (log != null && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      log.setContext(context);
      log.start();
      log.begin();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    }
  }

  private void measure() {
    try {
      host.run();
    } catch (RuntimeException | LinkageError ex) {
      LOG.warn("The machine could not be measured", ex);
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = scheduler;
    if (running == null) {
      return;
    }
    scheduler = null;
    running.shutdownNow();
    SelfLog log = selfLog;
    if (log != null) {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(log);
      }
      try {
        log.end();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Starts after the pipeline, whose phase is 0, and stops before it. */
  @Override
  public int getPhase() {
    return 200;
  }

  /** Loads the native libraries at the first reading, not while the server starts. */
  static Supplier<@Nullable HostReading> lazyProbe() {
    return new Supplier<@Nullable HostReading>() {

      private @Nullable HostProbe probe;

      @Override
      public @Nullable HostReading get() {
        HostProbe known = probe;
        if (known == null) {
          probe = new HostProbe();
          return null;
        }
        return known.read();
      }
    };
  }
}
