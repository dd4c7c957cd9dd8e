package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.query.TemplateNames;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.Batches;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.crash.CrashFileSystem;
import io.logcaster.storage.segment.Merging;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Learns templates on a file system that records syncs, and opens the storage and the registry
 * again on what a power failure would have left at many moments: each template is then known once,
 * with all of its records, and nobody is told of a birth twice. {@code -Dlogcaster.crashes=5000}
 * crashes more often.
 */
@Execution(ExecutionMode.CONCURRENT)
class TemplateCrashTest {

  private static final int CRASHES = Integer.getInteger("logcaster.crashes", 15);

  private static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  private static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(30_000, Duration.ofDays(1)).withMergeFan(3);

  private static final List<String> WORDS =
      List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota");

  @TempDir Path temporary;

  private static LongStream seeds() {
    return Seeds.with(1, 2);
  }

  /** A storage with its registry. */
  private static final class Server implements AutoCloseable {

    final TemplateRegistry registry;
    final TemplateLearner learner;
    final SegmentLogStorage storage;

    Server(Path root, TemplateBirths.Listener listener) throws IOException {
      registry = new TemplateRegistry(root, 100_000, 64 << 20, Clock.systemUTC());
      AutoCloseable _ = registry.subscribe(listener);
      learner = new TemplateLearner(registry, true);
      storage = SegmentLogStorage.open(root, SMALL, learner, BatchLog.Hold.NONE);
    }

    void append(RecordBatch batch) {
      storage.append(batch).join();
      learner.stored(batch);
    }

    @Override
    public void close() throws IOException {
      storage.close();
      learner.close();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void open_afterAPowerFailureAtAnyMoment_knowsEachTemplateOnce(long seed) throws IOException {
    Random random = new Random(seed);
    Path live = Files.createDirectories(temporary.resolve("live"));
    CrashFileSystem disk = new CrashFileSystem(live);
    Map<String, Integer> told = new ConcurrentHashMap<>();
    TemplateBirths.Listener listener = (birth) -> told.put(birth.template(), disk.moment());
    for (int start = 0; start < 3; start++) {
      try (Server server = new Server(disk.root(), listener)) {
        work(server, random);
      }
    }
    assertThat(told).hasSizeGreaterThan(50);
    for (int crash = 0; crash < CRASHES; crash++) {
      int moment = random.nextInt(disk.moment() + 1);
      long loss = random.nextLong();
      Path left = temporary.resolve("crash-" + crash);
      disk.crash(moment, new Random(loss), left);
      check(left, moment, told, Seeds.told(seed) + ", moment " + moment + ", loss " + loss);
      remove(left);
    }
  }

  private static void work(Server server, Random random) throws IOException {
    for (int i = 0; i < 60; i++) {
      server.append(batch(random));
      if (random.nextInt(10) == 0) {
        server.storage.flushAll();
      }
      if (random.nextInt(5) == 0) {
        boolean _ = Merging.once(server.storage);
      }
    }
  }

  private static RecordBatch batch(Random random) {
    List<LogRecord> records = new ArrayList<>();
    int rows = 1 + random.nextInt(60);
    for (int row = 0; row < rows; row++) {
      records.add(
          new LogRecord(
              TODAY + random.nextInt(3 * 86_400) * Timestamps.SECOND,
              9,
              message(random),
              List.of(new Field("app", "app-" + random.nextInt(3)), new Field("host", "web"))));
    }
    return Batches.of(records.toArray(LogRecord[]::new));
  }

  /** Messages of a few hundred templates, some of which depend on how a number is written. */
  static String message(Random random) {
    String text =
        WORDS.get(random.nextInt(WORDS.size()))
            + "-"
            + WORDS.get(random.nextInt(WORDS.size()))
            + " took ";
    int number = random.nextInt(100_000);
    return switch (random.nextInt(5)) {
      case 0 -> text + number + " ms";
      case 1 -> text + "x" + number + " ms";
      case 2 -> text + "/a/b?c=" + number;
      case 3 -> text + Integer.toHexString(number * 31) + ", then " + number;
      default -> text + "time";
    };
  }

  private static void check(Path left, int moment, Map<String, Integer> told, String where)
      throws IOException {
    List<String> again = new ArrayList<>();
    try (Server server = new Server(left, (birth) -> again.add(birth.template()))) {
      server.storage.flushAll();
      Map<String, long[]> stored = stored(server.storage);
      Map<String, long[]> known =
          server.registry.read(
              (templates) ->
                  templates.collect(
                      Collectors.toMap(
                          KnownTemplate::template,
                          (template) -> new long[] {template.count, template.first.time()},
                          (one, other) -> {
                            throw new AssertionError("known twice, " + where);
                          },
                          TreeMap::new)));
      List<String> before =
          told.entrySet().stream()
              .filter((entry) -> entry.getValue() <= moment)
              .map(Map.Entry::getKey)
              .toList();
      assertThat(again).as(where).doesNotHaveDuplicates();
      assertThat(before).as(where).noneMatch(again::contains);
      assertThat(known.keySet()).as(where).containsAll(before).containsAll(stored.keySet());
      stored.forEach(
          (template, expected) ->
              assertThat(known.get(template)).as(template + ", " + where).isEqualTo(expected));
      assertThat(server.registry.between(Instant.MIN, Instant.MAX))
          .as(where)
          .extracting(TemplateBirth::template)
          .containsExactlyInAnyOrderElementsOf(known.keySet());
    }
  }

  /** The count and the earliest time of each template in the storage. */
  static Map<String, long[]> stored(SegmentLogStorage storage) throws IOException {
    Map<String, long[]> found = new TreeMap<>();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            byte[] message = batch.column(Field.MESSAGE).text(row).getBytes(StandardCharsets.UTF_8);
            ByteBuilder text = new ByteBuilder(64);
            TemplateNames.map(message, 0, message.length, text);
            String template = new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
            long time = batch.times()[row];
            synchronized (found) {
              found.merge(
                  template,
                  new long[] {1, time},
                  (one, other) -> new long[] {one[0] + other[0], Math.min(one[1], other[1])});
            }
          }
          return true;
        });
    return found;
  }

  private static void remove(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
