package io.logcaster.series;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.StepQuery;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** All series of the server. Thread-safe. */
final class AllSeries implements KeptSeries, AutoCloseable {

  /** A step is evaluated this long after its end, so that most records are there. */
  static final Duration DELAY = Duration.ofSeconds(5);

  /** How far back a new definition is evaluated: a year in steps of five minutes. */
  static final long MAX_BACKFILL = 105_000;

  private static final Logger LOG = LoggerFactory.getLogger(AllSeries.class);

  private final SeriesStore store;
  private final SeriesProperties properties;
  private final QueryEngine engine;
  private final Path directory;
  private final LongSupplier oldestRecord;
  private final Clock clock;
  private final Map<String, RunningSeries> running = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean opened;

  /**
   * @param directory where the files lie
   * @param oldestRecord the time of the oldest record in milliseconds since the epoch
   */
  AllSeries(
      SeriesStore store,
      SeriesProperties properties,
      QueryEngine engine,
      Path directory,
      LongSupplier oldestRecord,
      Clock clock) {
    this.store = store;
    this.properties = properties;
    this.engine = engine;
    this.directory = directory;
    this.oldestRecord = oldestRecord;
    this.clock = clock;
  }

  /**
   * Opens the files at the first use. A series whose file or query is broken is reported and left
   * as it is.
   */
  private synchronized void open() {
    if (opened) {
      return;
    }
    opened = true;
    for (SeriesDefinition definition : store.all()) {
      try {
        open(definition);
      } catch (IOException | RuntimeException ex) {
        LOG.warn("The series {} cannot be opened: {}", definition.name(), ex.toString());
      }
    }
  }

  private RunningSeries open(SeriesDefinition definition) throws IOException {
    Files.createDirectories(directory);
    RunningSeries opened =
        new RunningSeries(definition, compile(definition), file(definition.id()));
    running.put(definition.id(), opened);
    return opened;
  }

  private StepQuery compile(SeriesDefinition definition) {
    return StepQuery.compile(engine, definition.query(), definition.stepMillis());
  }

  private Path file(String id) {
    return directory.resolve(id + ".series");
  }

  /** All series, by name. */
  List<RunningSeries> all() {
    open();
    return running.values().stream()
        .sorted(Comparator.comparing((RunningSeries one) -> one.definition().name()))
        .toList();
  }

  Optional<RunningSeries> find(String id) {
    open();
    return Optional.ofNullable(running.get(id));
  }

  /**
   * Adds a definition, or replaces the one with its id; with another query or step its values are
   * removed and evaluated anew.
   */
  synchronized RunningSeries put(SeriesDefinition definition) throws IOException {
    open();
    boolean taken =
        running.values().stream()
            .map(RunningSeries::definition)
            .anyMatch(
                (other) ->
                    other.name().equals(definition.name()) && !other.id().equals(definition.id()));
    if (taken) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "name_taken",
          "There is another series '%s'.".formatted(definition.name()));
    }
    compile(definition).refuseTimes();
    RunningSeries before = running.remove(definition.id());
    if (before != null) {
      boolean same =
          before.definition().query().equals(definition.query())
              && before.definition().stepMillis() == definition.stepMillis();
      if (same) {
        before.close();
      } else {
        before.delete();
      }
    }
    store.put(definition);
    return open(definition);
  }

  /** Removes a definition and its values; returns false if there is none. */
  synchronized boolean remove(String id) throws IOException {
    open();
    RunningSeries removed = running.remove(id);
    if (removed == null) {
      return false;
    }
    store.delete(id);
    removed.delete();
    return true;
  }

  /** Evaluates every step that is over, the definitions in turn; returns when none is left. */
  void evaluate() {
    List<RunningSeries> behind = new ArrayList<>(all());
    while (!behind.isEmpty() && !Thread.currentThread().isInterrupted()) {
      behind.removeIf((one) -> !evaluate(one));
    }
  }

  private boolean evaluate(RunningSeries one) {
    if (running.get(one.definition().id()) != one) {
      return false; // it was replaced or removed
    }
    Instant now = clock.instant();
    long over = one.step(now.minus(DELAY)) - 1;
    try {
      long first =
          Math.max(
              Math.max(over - MAX_BACKFILL, one.step(now.minus(properties.maxAge()))),
              one.step(Instant.ofEpochMilli(oldestRecord.getAsLong())));
      long before = one.lastStep();
      boolean more =
          one.evaluate(Math.min(first, over), over, () -> count() < properties.maxSeries());
      if (one.lastStep() > before) {
        listeners.forEach((listener) -> listener.accept(one.definition().id()));
      }
      return more;
    } catch (IOException | RuntimeException ex) {
      one.failed(String.valueOf(ex.getMessage()));
      LOG.debug("The series {} cannot be evaluated", one.definition().name(), ex);
      return false;
    }
  }

  @Override
  public Optional<Description> named(String idOrName) {
    return all().stream()
        .map(RunningSeries::definition)
        .filter((one) -> one.id().equals(idOrName) || one.name().equals(idOrName))
        .findFirst()
        .map(this::info);
  }

  private Description info(SeriesDefinition definition) {
    StepQuery query = compile(definition);
    return new Description(
        definition.id(),
        definition.name(),
        Duration.ofMillis(definition.stepMillis()),
        query.seriesLabels(),
        query.isGrowing());
  }

  @Override
  public List<Points> between(String id, Instant after, Instant until) throws IOException {
    RunningSeries one =
        find(id)
            .orElseThrow(
                () -> new IllegalStateException("The series '%s' was removed".formatted(id)));
    long millis = one.definition().stepMillis();
    // The step before the one that a time is in has ended by then.
    List<RunningSeries.Line> lines = one.recentLines(one.step(after), one.step(until) - 1);
    List<Points> all = new ArrayList<>();
    for (RunningSeries.Line line : lines) {
      NavigableMap<Instant, Double> points = new TreeMap<>();
      line.points()
          .forEach((step, value) -> points.put(Instant.ofEpochMilli((step + 1) * millis), value));
      all.add(new Points(line.labels(), points));
    }
    return all;
  }

  @Override
  public void onValues(Consumer<String> listener) {
    listeners.add(listener);
  }

  private int count() {
    return running.values().stream().mapToInt(RunningSeries::count).sum();
  }

  /** Removes values that are too old. */
  void expire() {
    Instant oldest = clock.instant().minus(properties.maxAge());
    for (RunningSeries one : all()) {
      try {
        one.expire(one.step(oldest));
      } catch (IOException ex) {
        LOG.warn("Old values of the series {} stay", one.definition().name(), ex);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (RunningSeries one : running.values()) {
      one.close();
    }
    running.clear();
  }
}
