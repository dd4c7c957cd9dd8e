package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.SinkRouter;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sinks that run. Does nothing while there is none: no thread, no file, no listener.
 * Thread-safe.
 */
final class Sinks implements SinkRouter {

  private static final Logger LOG = LoggerFactory.getLogger(Sinks.class);

  /** The limit of one attempt to reach a receiver. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Path directory;
  private final Path files;
  private final BatchLog log;
  private final LogStorage storage;
  private final SinkTypes types;
  private final Function<String, RowFilter> filters;
  private final SinkHold hold;
  private final Clock clock;
  private final Map<String, RunningSink> running = new ConcurrentHashMap<>();
  private final Map<String, String> broken = new ConcurrentHashMap<>();
  private final Map<String, SinkCounters> counters = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * @param directory the parent of the sinks' directories
   * @param files where files for users go
   * @param filters compiles a filter; throws if it does not parse
   */
  Sinks(
      Path directory,
      Path files,
      BatchLog log,
      LogStorage storage,
      SinkTypes types,
      Function<String, RowFilter> filters,
      SinkHold hold,
      Clock clock) {
    this.directory = directory;
    this.files = files;
    this.log = log;
    this.storage = storage;
    this.types = types;
    this.filters = filters;
    this.hold = hold;
    this.clock = clock;
  }

  /** Starts those that are enabled, and forgets the queues of those that are gone. */
  synchronized void start(List<SinkDefinition> definitions, List<String> paused) {
    for (SinkDefinition definition : definitions) {
      if (definition.enabled()) {
        run(definition, paused.contains(definition.id()), false);
      }
    }
    hold.follow(this::held);
    removeStrangers(definitions.stream().map(SinkDefinition::id).toList());
  }

  private long held() {
    long least = Long.MAX_VALUE;
    for (RunningSink sink : running.values()) {
      least = Math.min(least, sink.queue().syncedFed());
    }
    return least;
  }

  private void removeStrangers(List<String> known) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        if (!known.contains(path.getFileName().toString())) {
          LOG.info("Deleting {}: its sink is gone", path);
          deleteTree(path);
        }
      }
    } catch (IOException ex) {
      LOG.warn("Queues of sinks that are gone cannot be deleted", ex);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Starts a sink; a failure is kept for {@link #broken}. */
  private void run(SinkDefinition definition, boolean paused, boolean fromHead) {
    try {
      if (definition.error() != null) {
        throw new IOException(definition.error());
      }
      RunningSink sink = open(definition, paused, fromHead);
      running.put(definition.id(), sink);
      broken.remove(definition.id());
      log.onAppend(this::wakeFeeders);
      sink.start();
    } catch (IOException | RuntimeException ex) {
      String reason =
          (ex instanceof ProblemException problem)
              ? String.valueOf(problem.getBody().getDetail())
              : String.valueOf(ex.getMessage());
      LOG.warn("Sink {} does not start: {}", definition.name(), reason, ex);
      broken.put(definition.id(), reason);
    }
  }

  private void wakeFeeders() {
    for (RunningSink sink : running.values()) {
      sink.feeder().wake();
    }
  }

  private RunningSink open(SinkDefinition definition, boolean paused, boolean fromHead)
      throws IOException {
    SinkType type = types.require(definition.type());
    SinkOptions options = SinkOptions.of(type.options(), definition.options());
    RowFilter filter = filter(definition);
    Path place = directory.resolve(definition.id());
    long head = log.head();
    boolean isNew = !Files.exists(place.resolve("queue").resolve("state"));
    SinkQueue queue = SinkQueue.open(place.resolve("queue"), definition.maxBytes(), head, clock);
    if (fromHead) {
      queue.restart(head);
    }
    if (isNew && !definition.from().equals("now")) {
      queue.replay(SinkTimes.parse("from", definition.from(), clock), SinkTimes.after(clock));
    }
    SinkCounters counts =
        counters.computeIfAbsent(definition.id(), (missing) -> new SinkCounters());
    DeadLetters letters = new DeadLetters(place.resolve("dead"), clock);
    SinkDelivery[] delivery = new SinkDelivery[1];
    SinkFeeder feeder =
        new SinkFeeder(
            definition.name(),
            log,
            queue,
            new StoreReplay(storage),
            filter,
            definition.whenFull(),
            counts,
            () -> delivery[0].wake());
    delivery[0] =
        new SinkDelivery(
            definition,
            () -> type.open(options, context(definition)),
            options::redacted,
            queue,
            letters,
            counts,
            feeder::wake,
            RandomGenerator.getDefault(),
            paused);
    return new RunningSink(definition, queue, letters, counts, feeder, delivery[0], clock);
  }

  private RowFilter filter(SinkDefinition definition) {
    return definition.filter().isBlank() ? RowFilter.ALL : filters.apply(definition.filter());
  }

  SinkContext context(SinkDefinition sink) {
    return new SinkContext(
        sink.id(),
        directory.resolve(sink.id()).resolve("work"),
        files,
        sink.readOnly(),
        AddressGuard.exceptLinkLocal(),
        TIMEOUT,
        clock);
  }

  /**
   * Checks that a sink could be opened, without starting it.
   *
   * @throws ProblemException 400 if its type, options or filter are wrong
   */
  SinkDefinition check(SinkDefinition definition) {
    SinkType type = types.require(definition.type());
    SinkOptions options = SinkOptions.of(type.options(), definition.options());
    RowFilter _ = filter(definition);
    if (!definition.from().equals("now")) {
      SinkTimes.parse("from", definition.from(), clock);
    }
    try (Sink _ = type.open(options, context(definition))) {
      return definition.withOptions(options.values());
    } catch (SinkException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /** Starts a new sink, or one that was changed. */
  synchronized void put(SinkDefinition definition, boolean wasEnabled) {
    boolean paused = isPaused(definition.id());
    stop(definition.id());
    if (definition.enabled() && !stopped) {
      run(definition, paused, !wasEnabled);
    }
  }

  private boolean isPaused(String id) {
    RunningSink sink = running.get(id);
    return sink != null && sink.delivery().isPaused();
  }

  private void stop(String id) {
    RunningSink sink = running.remove(id);
    broken.remove(id);
    if (sink != null) {
      sink.stop();
    }
    if (running.isEmpty()) {
      log.onAppend(null);
    }
  }

  /** Ends a sink and forgets its queue. */
  synchronized void remove(String id) {
    stop(id);
    counters.remove(id);
    try {
      deleteTree(directory.resolve(id));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  Optional<RunningSink> find(String id) {
    return Optional.ofNullable(running.get(id));
  }

  List<RunningSink> all() {
    return new ArrayList<>(running.values());
  }

  /** Why an enabled sink does not run; null if it does. */
  @Nullable String broken(String id) {
    return broken.get(id);
  }

  /** Why sinks do not run, by id. */
  Map<String, String> broken() {
    return Map.copyOf(broken);
  }

  private @Nullable RunningSink named(String sink) {
    RunningSink byId = running.get(sink);
    if (byId != null) {
      return byId;
    }
    for (RunningSink one : running.values()) {
      if (one.definition().name().equals(sink)) {
        return one;
      }
    }
    return null;
  }

  @Override
  public boolean hasSink(String sink) {
    return named(sink) != null;
  }

  @Override
  public void route(String sink, RecordBatch batch) throws IOException {
    RunningSink target = named(sink);
    if (target == null) {
      throw new IOException("There is no running sink '%s'".formatted(sink));
    }
    target.add(batch);
  }

  /** Ends all sinks. What is in their queues is sent after the next start. */
  synchronized void stop() {
    stopped = true;
    log.onAppend(null);
    List<RunningSink> left = all();
    left.forEach((sink) -> sink.feeder().stop());
    left.forEach((sink) -> sink.delivery().stop());
    left.forEach(RunningSink::stop);
  }
}
