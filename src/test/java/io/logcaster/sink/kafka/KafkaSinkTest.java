package io.logcaster.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkTesting;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** With one real broker for all tests, behind a port that can be cut. */
@Order(1) // it mostly waits
class KafkaSinkTest extends SinkContract {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path directory;

  private static KafkaBroker broker;

  private final String topic = "logs-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws IOException {
    broker = new KafkaBroker(directory.resolve("kafka"));
  }

  @AfterAll
  static void stop() throws IOException {
    broker.close();
  }

  @BeforeEach
  void mendProxy() {
    broker.proxy().mend();
  }

  private Sink open(Duration timeout, Map<String, ?> more) {
    Map<String, Object> options = new HashMap<>();
    options.put("brokers", broker.address());
    options.put("topic", topic);
    options.putAll(more);
    return SinkTesting.open(
        new KafkaSinkType(), options, SinkTesting.context("topic", directory, timeout));
  }

  @Override
  protected Sink open() {
    return open(Duration.ofMinutes(1), Map.of());
  }

  @Override
  protected Sink openImpatient() {
    return open(Duration.ofSeconds(5), Map.of());
  }

  @Override
  protected List<String> received(int atLeast) {
    return messages(atLeast).stream().map(KafkaSinkTest::text).toList();
  }

  /** In the order of their positions, since partitions know no order among each other. */
  private List<ConsumerRecord<String, String>> messages(int atLeast) {
    if (atLeast == 0) {
      return List.of(); // asking for a topic would make it
    }
    List<ConsumerRecord<String, String>> messages =
        new ArrayList<>(broker.messages(topic, () -> atLeast));
    messages.sort(Comparator.comparingLong(KafkaSinkTest::position));
    return messages;
  }

  private static String text(ConsumerRecord<String, String> message) {
    return JSON.readTree(message.value()).path("_msg").asString();
  }

  private static long position(ConsumerRecord<String, String> message) {
    return Long.parseLong(header(message, KafkaSink.ID).replaceFirst("topic/", ""));
  }

  private static String header(ConsumerRecord<String, String> message, String name) {
    return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  protected void fail() {
    broker.proxy().cut();
  }

  @Override
  protected void mend() {
    broker.proxy().mend();
  }

  @Test
  void message_hasKeyTimeAndHeaders() throws Exception {
    try (Sink sink = open(Duration.ofMinutes(1), Map.of("headers", Map.of("severity", "level")))) {
      SinkTesting.deliver(sink, 7, batch(0, 2));
    }
    List<ConsumerRecord<String, String>> messages = messages(2);
    ConsumerRecord<String, String> first = messages.getFirst();
    assertThat(first.timestamp()).isEqualTo(NOON / 1_000_000);
    assertThat(header(first, KafkaSink.ID)).isEqualTo("topic/7");
    assertThat(header(first, "severity")).isEqualTo("INFO");
    assertThat(JSON.readTree(first.value()).path("_stream_id").asString()).isEqualTo(first.key());
    assertThat(messages.getLast().key()).isNotEqualTo(first.key());
  }

  @Test
  void recordLargerThanTheTopicTakes_isNamed_andAllOthersArrive() throws Exception {
    try (Sink sink = open(Duration.ofMinutes(1), Map.of("maxMessageSize", "2KB"))) {
      sink.begin(0);
      sink.write(batch(0, 2));
      sink.write(
          Batches.of(new LogRecord(NOON, 9, "large", List.of(new Field("x", "y".repeat(3_000))))));
      sink.write(batch(2, 3));
      SinkException failure = catchThrowableOfType(SinkException.class, sink::flush);

      assertThat(failure.kind()).isEqualTo(SinkException.Kind.PARTIAL);
      assertThat(failure.refused()).containsOnlyKeys(2);
      SinkTesting.deliver(sink, 4, batch(3, 4));
    }
    assertThat(received(4)).containsExactlyElementsOf(messages(0, 4));
  }

  /** Both ends of what is promised: nothing missing, and each stream in order. */
  private void assertAllInOrder(int records) {
    List<ConsumerRecord<String, String>> messages = broker.messages(topic, () -> records);
    Set<String> texts = new LinkedHashSet<>();
    Map<String, Set<Long>> byStream = new HashMap<>();
    for (ConsumerRecord<String, String> message : messages) {
      texts.add(text(message));
      byStream
          .computeIfAbsent(message.key(), (key) -> new LinkedHashSet<>())
          .add(position(message));
    }
    assertThat(texts).containsExactlyInAnyOrderElementsOf(messages(0, records));
    assertThat(byStream).hasSize(2);
    byStream.values().forEach((positions) -> assertThat(List.copyOf(positions)).isSorted());
  }

  @Test
  void connectionsCutUnderLoad_everyRecordIsThere_inOrderOfItsStream() throws Exception {
    int written = 0;
    broker.proxy().cutNowAndThen(10, 20_000, 5);
    try (Sink sink = open()) {
      while (broker.proxy().cutsLeft() > 0) {
        SinkTesting.deliver(sink, written, batch(written, written + 100));
        written += 100;
      }
    }
    assertAllInOrder(written);
  }

  @Test
  void brokerKilledUnderLoad_andStartedAgain_hasEveryRecord() throws Exception {
    try (Sink sink = open()) {
      CompletableFuture<Void> restart = null;
      for (int from = 0; from < 3_000; from += 100) {
        if (from == 1_000) {
          restart = CompletableFuture.runAsync(KafkaSinkTest::restart);
        }
        SinkTesting.deliver(sink, from, batch(from, from + 100));
      }
      restart.join();
    }
    assertAllInOrder(3_000);
  }

  private static void restart() {
    try {
      broker.kill();
      broker.start();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void linkLocalBroker_isRefused() throws Exception {
    try (Sink sink = open(Duration.ofSeconds(1), Map.of("brokers", "169.254.169.254:80"))) {
      sink.begin(0);
      assertThatThrownBy(() -> sink.write(batch(0, 1)))
          .hasMessageContaining("169.254.169.254 is link-local");
    }
  }
}
