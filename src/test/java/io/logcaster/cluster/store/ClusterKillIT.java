package io.logcaster.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Seeds;
import io.logcaster.sink.kafka.KafkaBroker;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills nodes and the broker under load, as {@code kill -9} does; {@code -Dlogcaster.kills=50}
 * kills more often. Every acknowledged record is found exactly once on one of the two disks, and
 * every other one at most once.
 */
class ClusterKillIT {

  static final int PARTITIONS = 4;

  private static final int KILLS = Integer.getInteger("logcaster.kills", 5);

  /** What a process appends in its life is in a range of its own. */
  private static final int RANGE = 1_000_000;

  private static final String TOPIC = "batches";

  @TempDir Path directory;

  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Long> ready = ConcurrentHashMap.newKeySet();
  private final List<Process> stores = new ArrayList<>();
  private KafkaBroker broker;
  private Process ingest;
  private int lives;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void record_thatWasAcknowledged_isStoredOnce_whateverIsKilled() throws Exception {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    broker = new KafkaBroker(directory.resolve("kafka"));
    try {
      startIngest();
      stores.add(startStore(0));
      stores.add(startStore(1));
      awaitProgress(100);
      for (int kill = 0; kill < KILLS; kill++) {
        killOne(random);
        awaitProgress(20 + random.nextInt(200));
        System.out.printf("kill %d, %d batches acknowledged%n", kill + 1, acknowledged.size());
      }
      end(ingest);
      await().atMost(Duration.ofMinutes(3)).until(this::isAllStored);
      for (Process store : stores) {
        end(store);
      }
    } finally {
      broker.close();
      ingest.destroyForcibly();
      stores.forEach(Process::destroyForcibly);
    }

    Map<String, Integer> found = new HashMap<>();
    count(0, found);
    count(1, found);
    System.out.printf(
        "%d kills, %d batches acknowledged, %d records found%n",
        KILLS, acknowledged.size(), found.size());
    assertThat(found.values()).as(Seeds.told(seed)).allMatch((times) -> times == 1);
    assertThat(found.keySet())
        .as(Seeds.told(seed))
        .containsAll(
            acknowledged.stream()
                .flatMap((number) -> ClusterStoreTest.expected(number, number + 1).stream())
                .toList());
  }

  private void killOne(Random random) throws Exception {
    int victim = random.nextInt(4);
    switch (victim) {
      case 0 -> {
        ingest.destroyForcibly().waitFor();
        startIngest();
      }
      case 1 -> {
        broker.kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
        broker.start();
      }
      default -> {
        int index = victim - 2;
        stores.get(index).destroyForcibly().waitFor();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
        stores.set(index, startStore(index));
      }
    }
  }

  private void awaitProgress(int more) {
    int before = acknowledged.size();
    await().atMost(Duration.ofMinutes(3)).until(() -> acknowledged.size() >= before + more);
  }

  private void startIngest() throws IOException {
    ingest = start(IngestProcess.class, String.valueOf(lives++ * RANGE));
    BufferedReader lines = ingest.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual()
        .start(
            () ->
                lines
                    .lines()
                    .filter((line) -> line.matches("\\d+"))
                    .forEach((line) -> acknowledged.add(Integer.valueOf(line))));
  }

  private Process startStore(int index) throws IOException {
    Path home = Files.createDirectories(directory.resolve("store-" + index));
    Process store = start(StoreProcess.class, home.toString());
    BufferedReader lines = store.inputReader(StandardCharsets.UTF_8);
    Thread.ofVirtual()
        .start(
            () ->
                lines
                    .lines()
                    .filter(StoreProcess.READY::equals)
                    .forEach((line) -> ready.add(store.pid())));
    return store;
  }

  private Process start(Class<?> program, String argument) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.getName(),
            broker.address(),
            TOPIC,
            argument)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process process) throws IOException, InterruptedException {
    process.outputWriter().close();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Whether all nodes are there again, and the group is past all messages. */
  private boolean isAllStored() throws Exception {
    if (!stores.stream().allMatch((store) -> ready.contains(store.pid()))) {
      return false;
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(TOPIC).partitionsToOffsetAndMetadata().get();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        TopicPartition where = new TopicPartition(TOPIC, partition);
        long end =
            admin
                .listOffsets(Map.of(where, OffsetSpec.latest()))
                .partitionResult(where)
                .get()
                .offset();
        OffsetAndMetadata offset = offsets.get(where);
        if (offset == null || offset.offset() < end) {
          return false;
        }
      }
      return true;
    }
  }

  private void count(int index, Map<String, Integer> found) throws IOException {
    try (SegmentLogStorage storage =
        SegmentLogStorage.open(directory.resolve("store-" + index), SegmentOptions.defaults())) {
      assertThat(storage.damage()).isEmpty();
      storage.scan(
          ScanRequest.all(),
          (batch, rows, worker) -> {
            batch
                .select(rows)
                .records()
                .forEach((record) -> found.merge(record.message(), 1, Integer::sum));
            return true;
          });
    }
  }
}
