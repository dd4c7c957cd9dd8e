package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Seeds;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.Batches;
import io.logcaster.storage.MessageObserver;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry learns from a segment storage, and from one without segments. */
class LearningTest {

  private static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  private static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(300_000, Duration.ofDays(1)).withMergeFan(3);

  @TempDir Path directory;

  private final List<String> told = new ArrayList<>();

  /** A storage with its registry. */
  private final class Server implements AutoCloseable {

    final TemplateRegistry registry;
    final TemplateLearner learner;
    final SegmentLogStorage storage;

    Server(int maxCount) throws Exception {
      this(directory, maxCount);
    }

    Server(Path directory, int maxCount) throws IOException {
      registry = new TemplateRegistry(directory, maxCount, 64 << 20, Clock.systemUTC());
      AutoCloseable _ = registry.subscribe((birth) -> told(birth.template()));
      learner = new TemplateLearner(registry, true);
      storage = SegmentLogStorage.open(directory, SMALL, learner, BatchLog.Hold.NONE);
    }

    void store(RecordBatch batch) {
      storage.append(batch).join();
      learner.stored(batch);
    }

    @Override
    public void close() throws IOException {
      storage.close();
      learner.close();
    }
  }

  private synchronized void told(String template) {
    told.add(template);
  }

  private static LogRecord record(long time, String message, Field... fields) {
    return new LogRecord(time, 9, message, List.of(fields));
  }

  private static Map<String, Long> counts(TemplateRegistry registry) {
    return registry.read(
        (templates) ->
            templates.collect(
                Collectors.toMap(
                    KnownTemplate::template,
                    (template) -> template.count,
                    Long::sum,
                    TreeMap::new)));
  }

  @Test
  void everyRecord_isCountedOnce_overFlushesMergesAndRestarts() throws Exception {
    Random random = new Random(Seeds.fresh());
    long sent = 0;
    for (int start = 0; start < 3; start++) {
      try (Server server = new Server(10_000)) {
        for (int i = 0; i < 40; i++) {
          LogRecord[] records = new LogRecord[1 + random.nextInt(400)];
          for (int row = 0; row < records.length; row++) {
            String message = (random.nextInt(50) == 0) ? "" : TemplateCrashTest.message(random);
            records[row] = record(TODAY + random.nextLong(5 * Timestamps.DAY), message);
            sent += message.isEmpty() ? 0 : 1;
          }
          server.store(Batches.of(records));
        }
        server.storage.flushAll();
        while (Merging.once(server.storage)) {
          // merges all that can be merged
        }
        Map<String, Long> expected = new TreeMap<>();
        TemplateCrashTest.stored(server.storage)
            .forEach((template, found) -> expected.put(template, found[0]));
        expected.remove("");
        assertThat(counts(server.registry)).as(Seeds.told(Seeds.fresh())).isEqualTo(expected);
        assertThat(expected.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(sent);
      }
    }
    assertThat(told).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void birth_isFoundBeforeItsRecordIsFlushed_andSaysWhereItWas() throws Exception {
    try (Server server = new Server(10_000)) {
      server.store(
          Batches.of(
              record(TODAY + 7, "disk sda1 is full", new Field("host", "web-2")),
              record(
                  TODAY + 5,
                  "disk sda2 is full",
                  new Field("level", "ERROR"),
                  new Field("host", "web-1"),
                  new Field("app", "kernel"),
                  new Field("trace", "abc"))));
      await().untilAsserted(() -> assertThat(told).containsExactly("disk <*> is full"));
      List<TemplateBirth> births = server.registry.between(Instant.MIN, Instant.MAX);
      assertThat(births).hasSize(1);
      TemplateBirth birth = births.getFirst();
      assertThat(birth.firstSeen()).isEqualTo(KnownTemplate.instant(TODAY + 5));
      assertThat(birth.level()).isEqualTo("ERROR");
      assertThat(birth.host()).isEqualTo("web-1");
      assertThat(birth.app()).isEqualTo("kernel");
      assertThat(birth.fields()).containsExactly(Map.entry("trace", "abc"));
      assertThat(birth.example()).isEqualTo("disk sda2 is full");
      assertThat(server.registry.between(Instant.MIN, birth.learned())).isEmpty();
      assertThat(server.registry.between(birth.learned(), Instant.MAX)).hasSize(1);
    }
  }

  /** Without the log's record, the new one's host and time would be those of the birth. */
  @Test
  void birth_afterACrash_isOfTheRecordInTheWriteAheadLog_notOfANewerOne() throws Exception {
    CrashFileSystem disk = new CrashFileSystem(Files.createDirectory(directory.resolve("live")));
    Path left = directory.resolve("left");
    try (Server server = new Server(disk.root(), 10_000)) {
      // The crash comes before the batch is learned.
      server.storage.append(Batches.of(record(TODAY, "disk 1 is full", host("old")))).join();
      disk.crash(disk.moment(), new Random(1), left);
    }
    told.clear();
    try (Server server = new Server(left, 10_000)) {
      server.store(Batches.of(record(TODAY + 9, "disk 2 is full", host("new"))));
      await().untilAsserted(() -> assertThat(told()).containsExactly("disk <*> is full"));
      TemplateBirth birth = server.registry.between(Instant.MIN, Instant.MAX).getFirst();
      assertThat(birth.host()).isEqualTo("old");
      assertThat(birth.firstSeen()).isEqualTo(KnownTemplate.instant(TODAY));
      server.storage.flushAll();
      assertThat(counts(server.registry)).containsExactly(Map.entry("disk <*> is full", 2L));
    }
    assertThat(told()).hasSize(1);
  }

  private synchronized List<String> told() {
    return List.copyOf(told);
  }

  private static Field host(String name) {
    return new Field("host", name);
  }

  @Test
  void historyThatIsLoadedLate_movesTheFirstRecord_butIsNoSecondBirth() throws Exception {
    try (Server server = new Server(10_000)) {
      server.store(Batches.of(record(TODAY, "login 7", new Field("host", "new"))));
      await().untilAsserted(() -> assertThat(told).hasSize(1));
      server.store(
          Batches.of(record(TODAY - 400 * Timestamps.DAY, "login 8", new Field("host", "old"))));
      server.storage.flushAll();
    }
    try (Server server = new Server(10_000)) {
      TemplateBirth birth = server.registry.between(Instant.MIN, Instant.MAX).getFirst();
      assertThat(birth.firstSeen()).isEqualTo(KnownTemplate.instant(TODAY - 400 * Timestamps.DAY));
      assertThat(birth.host()).isEqualTo("old");
      assertThat(counts(server.registry)).containsExactly(Map.entry("login <*>", 2L));
      assertThat(told).hasSize(1);
    }
  }

  @Test
  void recordsFromBeforeTheRegistry_areKnown_butNotBorn() throws Exception {
    try (SegmentLogStorage storage =
        SegmentLogStorage.open(directory, SMALL, MessageObserver.NONE, BatchLog.Hold.NONE)) {
      storage.append(Batches.of(record(TODAY, "old 1"), record(TODAY, "old 2"))).join();
      storage.flushAll();
    }
    try (Server server = new Server(10_000)) {
      await().until(() -> server.registry.history() == 0);
      server.store(Batches.of(record(TODAY, "new 1"), record(TODAY, "old 3")));
      server.storage.flushAll();
      assertThat(counts(server.registry))
          .containsExactly(Map.entry("new <*>", 1L), Map.entry("old <*>", 3L));
      assertThat(server.registry.between(Instant.MIN, Instant.MAX))
          .extracting(TemplateBirth::template)
          .containsExactly("new <*>");
    }
    assertThat(told).containsExactly("new <*>");
  }

  @Test
  void deletedRecords_leaveNoExample_andTheNextRecordGivesAnother() throws Exception {
    try (Server server = new Server(10_000)) {
      server.store(
          Batches.of(record(TODAY, "login of secret7", new Field("card", "hidden8"), app("shop"))));
      server.storage.flushAll();
      assertThat(content()).contains("secret7", "hidden8");
      assertThat(server.storage.delete(ScanRequest.all())).isEqualTo(1);
      assertThat(content()).doesNotContain("secret7").doesNotContain("hidden8");
      server.store(Batches.of(record(TODAY + 9, "login of other9", app("shop"))));
      server.storage.flushAll();
    }
    try (Server server = new Server(10_000)) {
      TemplateBirth birth = server.registry.between(Instant.MIN, Instant.MAX).getFirst();
      assertThat(birth.example()).isEqualTo("login of other9");
      assertThat(birth.firstSeen()).isEqualTo(KnownTemplate.instant(TODAY));
      assertThat(birth.app()).isEqualTo("shop");
    }
    assertThat(told).hasSize(1);
  }

  /** The log of the templates as text. */
  private String content() throws IOException {
    return Files.readString(directory.resolve(TemplateLog.FILE), StandardCharsets.ISO_8859_1);
  }

  @Test
  void uniqueTexts_displaceNoOthers_andMemoryStaysBounded() throws Exception {
    Random random = new Random(5);
    try (Server server = new Server(1_000)) {
      for (int i = 0; i < 20; i++) {
        server.store(
            Batches.of(record(TODAY, "good " + "abcdefghijklmnopqrstuv".charAt(i), app("calm"))));
      }
      server.storage.flushAll();
      for (int i = 0; i < 20; i++) {
        LogRecord[] records = new LogRecord[500];
        for (int row = 0; row < records.length; row++) {
          records[row] = record(TODAY, letters(random) + " " + letters(random), app("wild"));
        }
        server.store(Batches.of(records));
        server.storage.flushAll();
        assertThat(server.registry.size()).isLessThanOrEqualTo(1_050);
      }
      assertThat(counts(server.registry).keySet())
          .filteredOn((template) -> template.startsWith("good "))
          .hasSize(20);
    }
  }

  private static Field app(String name) {
    return new Field("app", name);
  }

  private static String letters(Random random) {
    return random
        .ints(8, 'a', 'z' + 1)
        .mapToObj((letter) -> String.valueOf((char) letter))
        .collect(Collectors.joining());
  }

  @Test
  void aStorageWithoutFlushes_hasItsRecordsCounted() throws Exception {
    TemplateRegistry registry = new TemplateRegistry(directory, 1_000, 64 << 20, Clock.systemUTC());
    TemplateLearner learner = new TemplateLearner(registry, true);
    learner.start();
    learner.stored(Batches.of(record(TODAY, "a 1"), record(TODAY + Timestamps.DAY, "a 2")));
    learner.close();

    TemplateRegistry again = new TemplateRegistry(directory, 1_000, 64 << 20, Clock.systemUTC());
    again.load(0);
    again.ready();
    assertThat(
            again.<Map<String, Long>>read(
                (templates) -> templates.findFirst().orElseThrow().countByDay()))
        .hasSize(2)
        .containsValue(1L);
    again.close();
  }
}
