package io.logcaster.storage.config;

import io.logcaster.record.Timestamps;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.SegmentLogStorage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Deletes what is older or more than is to be kept, a while after it is. */
final class Retention implements SmartLifecycle {

  /** Records may stay this much longer than asked for; looking costs next to nothing. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * Of the volume, where no size is set: the rest is for merges, the write-ahead log and others.
   */
  private static final int DEFAULT_PERCENT = 80;

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private final LogStorage storage;
  private final RetentionProperties properties;
  private final long maxBytes;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("retention").daemon().factory());
  private volatile boolean running;

  Retention(LogStorage storage, RetentionProperties properties, long volume, Clock clock) {
    this.storage = storage;
    this.properties = properties;
    this.maxBytes =
        (properties.maxBytes() != null)
            ? properties.maxBytes().toBytes()
            : volume / 100 * DEFAULT_PERCENT;
    this.clock = clock;
  }

  @Override
  public void start() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            this::run, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    running = true;
  }

  /** Looks once. */
  void run() {
    try {
      long deleted = byAge() + bySize();
      if (deleted > 0) {
        log.info("Retention deleted {} records", deleted);
      }
    } catch (IOException | RuntimeException ex) {
      log.error("Retention failed and is tried again", ex);
    }
  }

  private long byAge() throws IOException {
    Duration maxAge = properties.maxAge();
    if (maxAge == null) {
      return 0;
    }
    Instant oldest = clock.instant().minus(maxAge);
    long time = oldest.getEpochSecond() * Timestamps.SECOND + oldest.getNano();
    if (storage instanceof SegmentLogStorage segments) {
      return segments.dropBefore(time);
    }
    return storage.delete(ScanRequest.all().between(Long.MIN_VALUE, time - 1));
  }

  private long bySize() throws IOException {
    return (storage instanceof SegmentLogStorage segments) ? segments.shrinkTo(maxBytes) : 0;
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
