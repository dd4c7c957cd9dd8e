package io.logcaster.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.store.StorageIntake;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.kafka.SharedKafka;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Topics of other programs, on a real broker behind a port that can be cut. */
@ResourceLock(SharedKafka.LOCK)
class KafkaInputTest {

  private static final long SENT_MILLIS = 1_700_000_000_123L;

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  private final String topic = UUID.randomUUID().toString();
  private final LogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
  private final InputMetrics metrics = new InputMetrics("kafka");
  private final List<KafkaInput> inputs = new ArrayList<>();
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", KAFKA.broker().address()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() throws IOException {
    KAFKA.broker().proxy().mend();
    inputs.forEach(KafkaInput::stop);
    producer.close();
    storage.close();
  }

  private KafkaInput open() {
    return open(new StorageIntake(storage));
  }

  private KafkaInput open(Intake intake) {
    KafkaInput input =
        new KafkaInput(
            new KafkaProperties(
                List.of(KAFKA.broker().address()),
                List.of(topic),
                "group-" + topic,
                MessageFormat.AUTO,
                List.of("trace_id"),
                KafkaSecurity.NONE),
            new InputContext(intake, metrics, List.of("app"), ZoneOffset.UTC, Clock.systemUTC()),
            1 << 20);
    inputs.add(input);
    input.start();
    return input;
  }

  private void create(int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", KAFKA.broker().address()));
  }

  private void send(String text) throws Exception {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, null, SENT_MILLIS, null, text.getBytes(StandardCharsets.UTF_8));
    message
        .headers()
        .add(new RecordHeader("trace_id", "abc".getBytes(StandardCharsets.UTF_8)))
        .add(new RecordHeader("other", new byte[] {1}));
    producer.send(message).get();
  }

  private List<LogRecord> records() {
    List<LogRecord> all = new ArrayList<>();
    try {
      storage.scan(
          ScanRequest.all(),
          (batch, rows, worker) -> {
            all.addAll(batch.select(rows).records());
            return true;
          });
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
    return all;
  }

  @Test
  void messages_becomeRecords_withTheirHeadersAndTimes() throws Exception {
    KafkaInput input = open(); // before there is such a topic
    create(1);
    send("{\"message\":\"from json\",\"trace_id\":\"own\",\"app\":\"shop\"}");
    send("<34>1 2026-01-02T03:04:05Z web nginx - - - from syslog");
    send("first line\n  second line");

    await().until(() -> records().size() >= 3);
    await().until(() -> input.stats().state() == InputStats.State.RUNNING && input.lag() == 0);

    assertThat(records())
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrder("from json", "from syslog", "first line\n  second line");
    assertThat(values("from json", "trace_id")).containsExactly("own");
    assertThat(values("from syslog", "trace_id")).containsExactly("abc");
    assertThat(values("from syslog", "kafka.topic")).containsExactly(topic);
    assertThat(values("from syslog", "other")).isEmpty();
    assertThat(record("from json").time()).isEqualTo(SENT_MILLIS * 1_000_000);
  }

  private LogRecord record(String message) {
    return records().stream()
        .filter((record) -> record.message().equals(message))
        .findFirst()
        .orElseThrow();
  }

  private List<String> values(String message, String field) {
    return record(message).fields().stream()
        .filter((one) -> one.name().equals(field))
        .map((one) -> one.value())
        .toList();
  }

  @Test
  void messages_areFoundOnce_whenTheGroupsOffsetWasNotCommittedBeforeAKill() throws Exception {
    create(2);
    for (int i = 0; i < 50; i++) {
      send("message " + i);
    }
    KafkaInput first = open();
    await().until(() -> records().size() >= 50);
    first.stop();
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets(
              "group-" + topic,
              Map.of(
                  new TopicPartition(topic, 0), new OffsetAndMetadata(0),
                  new TopicPartition(topic, 1), new OffsetAndMetadata(0)))
          .all()
          .get();
    }

    KafkaInput second = open();
    for (int i = 50; i < 80; i++) {
      send("message " + i);
    }
    await().until(() -> records().size() >= 80);
    await().until(() -> second.lag() == 0);
    second.stop();

    assertThat(records())
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 80).mapToObj((i) -> "message " + i).toList());
    try (Admin admin = admin()) {
      assertThat(
              admin
                  .listConsumerGroupOffsets("group-" + topic)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .values())
          .as("the offsets of both partitions")
          .satisfies(
              (offsets) ->
                  assertThat(offsets.stream().mapToLong(OffsetAndMetadata::offset).sum())
                      .isEqualTo(80));
    }
  }

  @Test
  void messagesThatTheTopicNoLongerHas_areCounted_andTheOthersRead() throws Exception {
    create(1);
    for (int i = 0; i < 6; i++) {
      send("message " + i);
    }
    TopicPartition where = new TopicPartition(topic, 0);
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets("group-" + topic, Map.of(where, new OffsetAndMetadata(1)))
          .all()
          .get();
      admin.deleteRecords(Map.of(where, RecordsToDelete.beforeOffset(4))).all().get();
    }

    KafkaInput input = open();
    await().until(() -> records().size() >= 2);
    input.stop();

    assertThat(records())
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrder("message 4", "message 5");
    assertThat(metrics.dropped()).containsEntry("expired", 3L);
  }

  @Test
  void topicThatIsDeletedAndCreatedAgain_isReadFromItsBeginning() throws Exception {
    create(1);
    for (int i = 0; i < 4; i++) {
      send("message " + i);
    }
    KafkaInput input = open();
    await().until(() -> records().size() >= 4);
    producer.close();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    create(1);
    connect();

    for (int i = 4; i < 14; i++) {
      send("message " + i);
    }
    await().until(() -> records().size() >= 14);
    input.stop();

    assertThat(records())
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 14).mapToObj((i) -> "message " + i).toList());
  }

  /** An intake that fails the first batches, and takes none behind one that failed. */
  private static final class FailingIntake implements Intake {

    private final Intake real;
    private final AtomicInteger failures = new AtomicInteger(3);

    FailingIntake(Intake real) {
      this.real = real;
    }

    @Override
    public CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input)
        throws InterruptedException {
      return (failures.getAndDecrement() > 0)
          ? CompletableFuture.failedFuture(new IOException("injected"))
          : real.submit(batch, input);
    }

    @Override
    public @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input) {
      return real.offer(batch, input);
    }

    @Override
    public @Nullable List<CompletableFuture<Outcome>> offerAll(
        List<RecordBatch> batches, InputMetrics input) {
      return real.offerAll(batches, input);
    }

    @Override
    public long lastDelivery(String client) {
      return real.lastDelivery(client);
    }
  }

  @Test
  void batchesThatCouldNotBeStored_areReadAgain() throws Exception {
    create(1);
    for (int i = 0; i < 20; i++) {
      send("message " + i);
    }

    KafkaInput input = open(new FailingIntake(new StorageIntake(storage)));
    await().until(() -> records().size() >= 20);
    await().until(() -> input.lag() == 0);
    input.stop();

    assertThat(records())
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 20).mapToObj((i) -> "message " + i).toList());
  }

  @Test
  void brokersThatAreAway_areTold_andReadingGoesOn() throws Exception {
    create(1);
    send("before");
    KafkaInput input = open();
    await().until(() -> input.stats().state() == InputStats.State.RUNNING);
    await().until(() -> records().size() == 1);

    KAFKA.broker().proxy().cut();
    await().until(() -> input.stats().state() == InputStats.State.FAILED);
    KAFKA.broker().proxy().mend();
    send("after");

    await().until(() -> records().size() == 2);
    await().until(() -> input.stats().state() == InputStats.State.RUNNING);
  }
}
