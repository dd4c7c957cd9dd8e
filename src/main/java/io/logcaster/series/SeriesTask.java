package io.logcaster.series;

import io.logcaster.work.LongLived;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Evaluates series while the server runs. */
final class SeriesTask implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SeriesTask.class);

  /** The shortest step is longer; a look costs nothing where no step is over. */
  private static final long SECONDS = 5;

  private final AllSeries series;
  private @Nullable ScheduledExecutorService scheduler;

  SeriesTask(AllSeries series) {
    this.series = series;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("series").factory());
    var _ =
        started.scheduleWithFixedDelay(
            LongLived.task("series", series::evaluate), 1, SECONDS, TimeUnit.SECONDS);
    var _ =
        started.scheduleWithFixedDelay(
            LongLived.task("series", series::expire), 10, 60, TimeUnit.MINUTES);
    scheduler = started;
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService stopped = scheduler;
    if (stopped == null) {
      return;
    }
    scheduler = null;
    stopped.shutdownNow();
    try {
      stopped.awaitTermination(5, TimeUnit.SECONDS);
      series.close();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } catch (IOException ex) {
      LOG.warn("The files of series cannot be closed", ex);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Starts after the storage and the pipeline, whose phase is 0, and stops before them. */
  @Override
  public int getPhase() {
    return 100;
  }
}
