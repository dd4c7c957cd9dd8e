package io.logcaster.source;

import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.record.Timestamps;
import io.logcaster.source.Sources.Changes;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the sources after the start, from the table or, the first time, from the records; and saves
 * what has changed. A killed server loses a minute of counts and no source.
 */
final class SourceTask implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SourceTask.class);

  private static final long MINUTE = 60;

  private final Sources sources;
  private final SourceStore store;
  private final Supplier<QueryEngine> records;
  private @Nullable ScheduledExecutorService scheduler;
  private volatile boolean loaded;

  /**
   * @param records makes an engine for this node's records, not those of others
   */
  SourceTask(Sources sources, SourceStore store, Supplier<QueryEngine> records) {
    this.sources = sources;
    this.store = store;
    this.records = records;
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sources").factory());
    var _ = started.schedule(LongLived.task("sources", this::load), 500, TimeUnit.MILLISECONDS);
    var _ =
        started.scheduleWithFixedDelay(
            LongLived.task("sources", this::save), MINUTE, MINUTE, TimeUnit.SECONDS);
    scheduler = started;
  }

  /** Reads the sources, once. */
  synchronized void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    try {
      List<Source> saved = store.all(sources.now());
      sources.add(saved.isEmpty() ? ofRecords() : saved);
    } catch (IOException | RuntimeException ex) {
      LOG.warn("The sources before the start are not known: {}", ex.toString());
    }
  }

  private List<Source> ofRecords() throws IOException {
    QueryEngine queries = records.get();
    ParsedQuery query =
        queries.parse(
            "* | stats by (host, app) count() records, min(_time) first, max(_time) last");
    List<Source> found = new ArrayList<>();
    for (Map<String, String> row : queries.rows(query, Long.MIN_VALUE, Long.MAX_VALUE)) {
      long first = Timestamps.parse(row.getOrDefault("first", ""));
      long last = Timestamps.parse(row.getOrDefault("last", ""));
      if (first != Timestamps.INVALID && last != Timestamps.INVALID) {
        found.add(
            new Source(
                new SourceKey(
                    Sources.cut(row.getOrDefault("host", "")),
                    Sources.cut(row.getOrDefault("app", ""))),
                first / 1_000_000,
                last / 1_000_000,
                Long.parseLong(row.getOrDefault("records", "0")),
                0,
                0,
                new Rhythm()));
      }
    }
    found.sort(Comparator.comparingLong(Source::lastSeen));
    return found;
  }

  void save() {
    if (!loaded) {
      return;
    }
    Changes changes = sources.takeChanges();
    if (changes.changed().isEmpty() && changes.gone().isEmpty()) {
      return;
    }
    try {
      store.save(changes);
    } catch (RuntimeException ex) {
      sources.keep(changes);
      LOG.warn("The sources cannot be saved and will be tried again: {}", ex.toString());
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService stopped = scheduler;
    if (stopped != null) {
      scheduler = null;
      stopped.shutdown();
      save();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }

  /** Stops after the pipeline, whose phase is 0. */
  @Override
  public int getPhase() {
    return -50;
  }
}
