package io.logcaster.upkeep;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.storage.config.RetentionProperties;
import io.logcaster.system.InvalidSettingException;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Deletes records that are older, or more, than the settings allow. */
final class Retention implements SmartLifecycle {

  /** Time between two checks, and so how late a deletion may be. A check costs next to nothing. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * Share of the volume if no size is set; the rest is for merges, the write-ahead log and other
   * files.
   */
  private static final int DEFAULT_PERCENT = 80;

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final LogStorage storage;
  private final RetentionProperties properties;
  private final List<RetentionRule> rules;
  private final long maxBytes;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("retention").daemon().factory());

  /**
   * The time up to which each rule was applied, by its filter; for storages that do not keep it.
   */
  private final Map<String, Long> applied = new HashMap<>();

  private volatile boolean running;

  Retention(
      LogStorage storage,
      RetentionProperties properties,
      List<RetentionRule> rules,
      long volume,
      Clock clock) {
    this.storage = storage;
    this.properties = properties;
    this.rules = List.copyOf(rules);
    this.maxBytes =
        (properties.maxBytes() != null)
            ? properties.maxBytes().toBytes()
            : volume / 100 * DEFAULT_PERCENT;
    this.clock = clock;
  }

  /**
   * Compiles rules.
   *
   * @throws InvalidSettingException naming the setting and the position in it, if a filter is
   *     invalid
   */
  static List<RetentionRule> compile(List<RetentionProperties.Rule> rules, QueryEngine queries) {
    List<RetentionRule> compiled = new ArrayList<>();
    for (RetentionProperties.Rule rule : rules) {
      try {
        compiled.add(
            new RetentionRule(rule.filter(), queries.filter(rule.filter()), rule.maxAge()));
      } catch (QuerySyntaxException ex) {
        throw new InvalidSettingException(
            "logcaster.retention.rules[" + compiled.size() + "].filter",
            rule.filter(),
            "%s (line %d, column %d)".formatted(ex.detail(), ex.line(), ex.column()));
      }
    }
    return compiled;
  }

  @Override
  public void start() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            LongLived.task("retention", this::run),
            INTERVAL.toSeconds(),
            INTERVAL.toSeconds(),
            TimeUnit.SECONDS);
    running = true;
  }

  /** Runs one check. */
  void run() {
    try {
      long deleted = byAge() + byRules() + bySize();
      if (deleted > 0) {
        LOG.info("Retention deleted {} records", deleted);
      }
    } catch (IOException | RuntimeException ex) {
      LOG.error("Retention failed and will be retried", ex);
    }
  }

  private long byAge() throws IOException {
    Duration maxAge = properties.maxAge();
    if (maxAge == null) {
      return 0;
    }
    long time = now() - maxAge.toNanos();
    if (storage instanceof StorageUpkeep upkeep) {
      return upkeep.dropBefore(time);
    }
    return storage.delete(ScanRequest.all().between(Long.MIN_VALUE, time - 1));
  }

  private long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * Timestamps.SECOND + now.getNano();
  }

  private long byRules() throws IOException {
    if (rules.isEmpty()) {
      return 0;
    }
    if (storage instanceof StorageUpkeep upkeep) {
      return upkeep.apply(rules, now());
    }
    long deleted = 0;
    for (RetentionRule rule : rules) {
      long until = now() - rule.maxAge().toNanos();
      if (until - applied.getOrDefault(rule.text(), 0L) >= rule.step()) {
        deleted +=
            storage.delete(
                ScanRequest.all().between(Long.MIN_VALUE, until - 1).where(rule.filter()));
        applied.put(rule.text(), until);
      }
    }
    return deleted;
  }

  private long bySize() throws IOException {
    return (storage instanceof StorageUpkeep upkeep) ? upkeep.shrinkTo(maxBytes) : 0;
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
