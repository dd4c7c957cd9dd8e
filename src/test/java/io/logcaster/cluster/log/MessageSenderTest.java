package io.logcaster.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageSenderTest {

  private static final String TOPIC = "t";

  private static final Node NODE = new Node(1, "localhost", 1);

  private static final int PARTITIONS = 5;

  private final Broker broker = new Broker();
  private final MessageSender sender = new MessageSender(broker, TOPIC, PARTITIONS);

  /** Kafka's own stand-in for a producer, with a limit on messages. */
  private static final class Broker extends MockProducer<byte[], byte[]> {

    private volatile int limit = Integer.MAX_VALUE;

    Broker() {
      super(
          new Cluster(
              "c",
              List.of(NODE),
              IntStream.range(0, PARTITIONS)
                  .mapToObj(
                      (partition) ->
                          new PartitionInfo(
                              TOPIC, partition, NODE, new Node[] {NODE}, new Node[] {NODE}))
                  .toList(),
              Set.of(),
              Set.of()),
          false,
          null,
          new ByteArraySerializer(),
          new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> message, Callback callback) {
      if (message.value().length <= limit) {
        return super.send(message, callback);
      }
      RecordTooLargeException refused = new RecordTooLargeException("too large");
      callback.onCompletion(null, refused);
      return CompletableFuture.failedFuture(refused);
    }
  }

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void awaitedBatch_isSentAtOnce_dividedByStreamInItsOrder() {
    RecordBatch batch = batch(0, 500, 40);

    CompletableFuture<Void> stored = sender.append(batch, true);

    Set<Integer> partitions = new HashSet<>();
    for (ProducerRecord<byte[], byte[]> message : broker.history()) {
      RecordBatch own = decoded(message);
      assertThat(partitions.add(message.partition())).as("one message each").isTrue();
      for (int stream = 0; stream < own.streamCount(); stream++) {
        assertThat(PartitionRows.partition(own.stream(stream).id(), PARTITIONS))
            .isEqualTo(message.partition());
        assertThat(timesOf(own, stream)).isSorted();
      }
    }
    assertThat(found()).containsExactlyInAnyOrderElementsOf(batch.records());
    assertThat(stored).isNotDone();
    acknowledgeAll();
    assertThat(stored).isCompleted();
  }

  @Test
  void batchesThatNobodyAwaits_shareMessages() {
    List<LogRecord> expected = new ArrayList<>();
    List<CompletableFuture<Void>> stored = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      RecordBatch batch = batch(i * 10, 10, 8);
      expected.addAll(batch.records());
      stored.add(sender.append(batch, false));
    }

    await().until(() -> found().size() == expected.size());
    acknowledgeAll();

    assertThat(stored).allMatch(CompletableFuture::isDone);
    assertThat(found()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(broker.history()).hasSizeLessThan(40 * PARTITIONS / 4);
  }

  @Test
  void awaitedBatch_takesTheRowsAlongThatWait_andTheNextGoesWithTheAnswer() {
    CompletableFuture<Void> first = sender.append(batch(0, 20, 1), true);
    CompletableFuture<Void> second = sender.append(batch(20, 20, 1), true);
    await()
        .until(
            () -> {
              acknowledgeAll();
              return first.isDone() && second.isDone();
            });

    assertThat(found()).hasSize(40);
    assertThat(broker.history()).hasSize(2);
  }

  @Test
  void messageThatTheTopicDoesNotTake_isDivided_andThoseThatFollowAreSmall() {
    RecordBatch batch = batch(0, 2_000, 1);
    broker.limit = BatchMessageTest.encoded(batch).length / 3;

    CompletableFuture<Void> stored = sender.append(batch, true);
    await().until(() -> acknowledged(stored));

    assertThat(found()).containsExactlyInAnyOrderElementsOf(batch.records());
    assertThat(broker.history()).hasSizeGreaterThan(2);

    CompletableFuture<Void> next = sender.append(batch, true);
    await().until(() -> acknowledged(next));
    assertThat(found()).hasSize(2 * batch.size());
  }

  @Test
  void closing_sendsWhatWaits_andTellsThatItIsNotStored() {
    CompletableFuture<Void> stored = sender.append(batch(0, 10, 1), false);

    sender.close();

    assertThat(found()).hasSize(10);
    assertThat(stored).isNotDone(); // this stand-in forgets what is on its way
  }

  private boolean acknowledged(CompletableFuture<Void> stored) {
    acknowledgeAll();
    return stored.isDone();
  }

  private void acknowledgeAll() {
    while (broker.completeNext()) {
      // The next one.
    }
  }

  private List<LogRecord> found() {
    return broker.history().stream()
        .flatMap((message) -> decoded(message).records().stream())
        .toList();
  }

  private static RecordBatch decoded(ProducerRecord<byte[], byte[]> message) {
    try {
      return BatchMessage.decode(message.value());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static List<Long> timesOf(RecordBatch batch, int stream) {
    return IntStream.range(0, batch.size())
        .filter((row) -> batch.streamOrdinal(row) == stream)
        .mapToObj((row) -> batch.times()[row])
        .toList();
  }

  private static RecordBatch batch(int first, int rows, int streams) {
    return Batches.of(
        IntStream.range(first, first + rows)
            .mapToObj(
                (row) ->
                    new LogRecord(
                        1_700_000_000_000_000_000L + row,
                        9,
                        "message number " + row,
                        Arrays.asList(
                            new Field("host", "h" + row % streams), new Field("app", "a"))))
            .toArray(LogRecord[]::new));
  }
}
