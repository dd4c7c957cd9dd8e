package io.logcaster.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.log.BatchMessageTest;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaLogStorage;
import io.logcaster.cluster.log.KafkaTopic;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.nodes.NodeId;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.kafka.KafkaBroker;
import io.logcaster.sink.kafka.SharedKafka;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from one node to the other, with a real broker behind a port that can be cut. */
@ResourceLock(SharedKafka.LOCK)
class ClusterStoreTest {

  private static final int STREAMS = 8;

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @TempDir static Path directory;

  private static KafkaBroker broker;

  private final String name = UUID.randomUUID().toString();

  private final List<StoreInput> inputs = new ArrayList<>();

  @BeforeAll
  static void start() {
    broker = KAFKA.broker();
  }

  @AfterEach
  void stopNodes() {
    broker.proxy().mend();
    inputs.forEach(StoreInput::stop);
  }

  /** A node that stores; it can be stopped and started again with its records. */
  private final class Node {

    final LogStorage storage;
    final InputMetrics metrics = new InputMetrics("kafka-batches");
    private final Path home;
    private final ClusterProperties cluster;
    private final boolean isShared;
    private final List<String> replaced;
    private StoreInput input;

    Node(
        String id,
        ClusterProperties cluster,
        LogStorage storage,
        boolean isShared,
        String... replaced)
        throws IOException {
      this.replaced = List.of(replaced);
      this.home = Files.createDirectories(directory.resolve(name + id));
      this.cluster = cluster;
      this.storage = storage;
      this.isShared = isShared;
      Files.writeString(home.resolve(NodeId.FILE), id);
      start();
    }

    Node(String id, ClusterProperties cluster, String... replaced) throws IOException {
      this(id, cluster, new InMemoryLogStorage(Long.MAX_VALUE), false, replaced);
    }

    void start() {
      InputContext context =
          new InputContext(
              new StorageIntake(storage),
              metrics,
              List.of("host", "app"),
              ZoneOffset.UTC,
              Clock.systemUTC());
      input = new StoreInput(cluster, context, home, isShared, replaced);
      inputs.add(input);
      input.start();
    }

    void stop() {
      input.stop();
    }

    List<String> messages() {
      List<String> all = new ArrayList<>();
      try {
        storage.scan(
            ScanRequest.all(),
            (batch, rows, worker) -> {
              batch.select(rows).records().forEach((record) -> all.add(record.message()));
              return true;
            });
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
      return all;
    }
  }

  private ClusterProperties cluster(int partitions) {
    return new ClusterProperties(
        List.of(broker.address()), name, "group-" + name, partitions, 1, KafkaSecurity.NONE);
  }

  @Test
  void batches_areStoredOnce_whileNodesComeAndGo() throws Exception {
    ClusterProperties cluster = cluster(4);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    Node first = new Node("first", cluster);
    List<CompletableFuture<Void>> done = new ArrayList<>();
    appendUntil(log, done, () -> !first.messages().isEmpty());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(5))).all().get();
    }
    Node second = new Node("second", cluster);
    appendUntil(log, done, () -> !second.messages().isEmpty());
    first.stop();
    int count = done.size();
    appendUntil(log, done, () -> done.size() >= count + 10);
    first.start();
    appendUntil(log, done, () -> first.input.stats().state() == InputStats.State.RUNNING);
    appendUntil(log, done, () -> isUsed(4));
    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get();

    int all = done.size() * STREAMS;
    await().until(() -> first.messages().size() + second.messages().size() >= all);
    await().until(() -> first.input.lag() + second.input.lag() == 0);
    first.stop();
    second.stop();
    log.close();

    assertThat(Stream.concat(first.messages().stream(), second.messages().stream()))
        .containsExactlyInAnyOrderElementsOf(expected(0, done.size()));
    assertThat(claims(cluster).values())
        .allSatisfy((claim) -> assertThat(claim).doesNotContain(":"));
  }

  @Test
  void claimOfANodeThatDied_isStoredByItself_whenOthersHaveGoneOn() throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    for (int i = 0; i < 6; i++) {
      append(log, i).get();
    }
    log.close();
    // The node claimed three batches and was killed before it had stored any of them.
    commit(cluster, 3, "1 away:0-2");

    Node other = new Node("other", cluster);
    await().until(() -> other.messages().size() >= 3 * STREAMS);
    Node away = new Node("away", cluster);
    await().until(() -> away.messages().size() >= 3 * STREAMS);
    other.stop();
    away.stop();

    assertThat(away.messages()).containsExactlyInAnyOrderElementsOf(expected(0, 3));
    assertThat(other.messages()).containsExactlyInAnyOrderElementsOf(expected(3, 6));
  }

  @Test
  void claimOnASharedStorage_isStoredByTheNextNode() throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    for (int i = 0; i < 6; i++) {
      append(log, i).get();
    }
    log.close();
    commit(cluster, 4, "1 shared:1-3");
    LogStorage shared = new InMemoryLogStorage(Long.MAX_VALUE);
    String mark = "kafka/" + KafkaTopic.open(cluster).id() + "/0";
    shared.append(Batches.of().withMark(new DeliveryMark(mark, 1, -1))).get();

    Node one = new Node("one", cluster, shared, true);
    Node two = new Node("two", cluster, shared, true);
    await().until(() -> one.messages().size() >= 4 * STREAMS);
    one.stop();
    two.stop();

    assertThat(one.messages()).containsExactlyInAnyOrderElementsOf(expected(2, 6));
  }

  @Test
  void messagesThatCannotBeRead_areSetAside_andTheOthersStored() throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    append(log, 0).get();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(name, new byte[] {1, 2, 3})).get();
      byte[] later = BatchMessageTest.encoded(batch(9));
      later[2]++; // the version
      producer.send(new ProducerRecord<>(name, later)).get();
    }
    append(log, 1).get();
    log.close();

    Node node = new Node("node", cluster);
    await().until(() -> node.messages().size() >= 2 * STREAMS);
    node.stop();

    assertThat(node.messages()).containsExactlyInAnyOrderElementsOf(expected(0, 2));
    assertThat(node.metrics.rejected())
        .containsEntry("malformed_batch", 1L)
        .containsEntry("later_version", 1L);
    String topic = KafkaTopic.open(cluster).id();
    assertThat(node.home.resolve("quarantine/kafka-" + topic + "-0-1.batch"))
        .hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(node.home.resolve("quarantine/kafka-" + topic + "-0-2.batch")).exists();
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "4, 2"}) // all of the claim, and its beginning
  void messagesThatTheTopicNoLongerHas_areCounted_andTheOthersStored(int claimed, int first)
      throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    for (int i = 0; i < 6; i++) {
      append(log, i).get();
    }
    log.close();
    commit(cluster, claimed + 1, "1 late:0-" + claimed);
    delete(first);

    Node node = new Node("late", cluster);
    await().until(() -> node.messages().size() >= (6 - first) * STREAMS);
    node.stop();

    assertThat(node.messages()).containsExactlyInAnyOrderElementsOf(expected(first, 6));
    assertThat(node.metrics.dropped()).containsEntry("expired", (long) first);
  }

  @Test
  void diskThatWasLost_isReplaced_byReadingItsMessagesAgain() throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    for (int i = 0; i < 8; i++) {
      append(log, i).get();
    }
    // The storage 'old' is lost. It held five messages, of which one has expired.
    commit(cluster, 6, "2 old:4-5 old=0-1 other=2-2 old=3-5");
    delete(1);
    Node other = new Node("other", cluster);
    await().until(() -> other.messages().size() >= 2 * STREAMS);

    Node late = new Node("new", cluster, "old", "other");
    await().until(() -> late.messages().size() >= 4 * STREAMS);
    await().until(() -> String.valueOf(late.input.note()).contains("other runs"));
    other.stop();
    late.stop();
    late.start();
    append(log, 8).get();
    await().until(() -> late.messages().size() >= 8 * STREAMS);
    await().until(() -> claims(cluster).get(0).endsWith(" old! other!"));
    log.close();
    Node back = new Node("old", cluster);
    await().until(() -> String.valueOf(back.input.note()).contains("was taken for lost"));
    late.stop();

    assertThat(late.messages()).containsExactlyInAnyOrderElementsOf(expected(1, 9));
    assertThat(back.messages()).isEmpty();
  }

  @Test
  void topicThatIsDeletedAndCreatedAgain_isStoredFromItsBeginning() throws Exception {
    ClusterProperties cluster = cluster(1);
    KafkaLogStorage before = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    Node node = new Node("node", cluster);
    for (int i = 0; i < 6; i++) {
      append(before, i).get();
    }
    before.close();
    await().until(() -> node.messages().size() >= 6 * STREAMS);
    String old = KafkaTopic.open(cluster).id();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.deleteTopics(List.of(name)).all().get();
    }
    await().until(() -> !KafkaTopic.open(cluster).id().equals(old));

    // More than the old topic had, so that the node finds something where it would go on.
    KafkaLogStorage after = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    for (int i = 6; i < 16; i++) {
      append(after, i).get();
    }
    after.close();
    await().until(() -> node.messages().size() >= 16 * STREAMS);
    await().until(() -> node.input.lag() == 0);
    node.stop();

    assertThat(node.messages()).containsExactlyInAnyOrderElementsOf(expected(0, 16));
  }

  @Test
  void brokersThatAreAway_refuseBatches_andNothingIsTwiceWhenTheyAreBack() throws Exception {
    ClusterProperties cluster = cluster(2);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    append(log, 0).get();
    broker.proxy().cut();
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    int[] next = {1};
    await()
        .until(
            () -> {
              CompletableFuture<Void> done = log.append(batch(next[0]));
              if (isRefused(done)) {
                return true;
              }
              begun.add(done);
              next[0]++;
              return false;
            });
    broker.proxy().mend();

    for (CompletableFuture<Void> done : begun) {
      done.get();
    }
    append(log, next[0]).get();
    log.close();
    Node node = new Node("node", cluster);
    await().until(() -> node.messages().size() >= (next[0] + 1) * STREAMS);
    node.stop();

    assertThat(node.messages()).containsExactlyInAnyOrderElementsOf(expected(0, next[0] + 1));
  }

  /** Whether a partition has messages. */
  private boolean isUsed(int partition) {
    TopicPartition where = new TopicPartition(name, partition);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      return admin
              .listOffsets(Map.of(where, OffsetSpec.latest()))
              .partitionResult(where)
              .get()
              .offset()
          > 0;
    } catch (ExecutionException | InterruptedException ex) {
      throw new IllegalStateException(ex);
    }
  }

  /** Goes on with the next batch, and then the next, until something has happened. */
  private static void appendUntil(
      LogStorage log, List<CompletableFuture<Void>> done, BooleanSupplier happened) {
    await()
        .until(
            () -> {
              done.add(append(log, done.size()));
              return happened.getAsBoolean();
            });
  }

  /** Appends a batch as the pipeline does: again, where it is refused. */
  private static CompletableFuture<Void> append(LogStorage log, int number) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              CompletableFuture<Void> one = log.append(batch(number));
              done.add(one);
              return !isRefused(one);
            });
    return done.getLast();
  }

  private static boolean isRefused(CompletableFuture<Void> done) {
    if (!done.isCompletedExceptionally()) {
      return false;
    }
    try {
      done.get();
      return false;
    } catch (ExecutionException ex) {
      assertThat(ex).hasCauseInstanceOf(StorageReadOnlyException.class);
      return true;
    } catch (InterruptedException ex) {
      throw new IllegalStateException(ex);
    }
  }

  static RecordBatch batch(int number) {
    return Batches.of(
        IntStream.range(0, STREAMS)
            .mapToObj(
                (stream) ->
                    new LogRecord(
                        1_700_000_000_000_000_000L + number,
                        9,
                        message(number, stream),
                        List.of(new Field("host", "h" + stream), new Field("app", "a"))))
            .toArray(LogRecord[]::new));
  }

  private static String message(int number, int stream) {
    return "batch %d of stream %d".formatted(number, stream);
  }

  static List<String> expected(int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMap(
            (number) -> IntStream.range(0, STREAMS).mapToObj((stream) -> message(number, stream)))
        .toList();
  }

  private void commit(ClusterProperties cluster, long offset, String claims) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin
          .alterConsumerGroupOffsets(
              cluster.group(),
              Map.of(new TopicPartition(name, 0), new OffsetAndMetadata(offset, claims)))
          .all()
          .get();
    }
  }

  /** Removes the messages before an offset, as the topic's retention does. */
  private void delete(long offset) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  private Map<Integer, String> claims(ClusterProperties cluster) throws Exception {
    Map<Integer, String> claims = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin
          .listConsumerGroupOffsets(cluster.group())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((where, offset) -> claims.put(where.partition(), offset.metadata()));
    }
    return claims;
  }
}
