package io.logcaster.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.KafkaSecurity.Mechanism;
import io.logcaster.cluster.KafkaSecurity.Protocol;
import io.logcaster.cluster.store.StorageIntake;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.sink.kafka.KafkaBroker;
import io.logcaster.sink.kafka.SharedKafka;
import io.logcaster.storage.InMemoryLogStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A topic of a broker that wants TLS and a password. */
@ResourceLock(SharedKafka.LOCK)
class KafkaSecurityTest {

  @RegisterExtension static final SharedKafka KAFKA = new SharedKafka();

  @TempDir Path directory;

  private final String topic = UUID.randomUUID().toString();
  private final InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
  private KafkaInput input;

  @BeforeEach
  void send() throws Exception {
    Map<String, Object> plain = Map.of("bootstrap.servers", KAFKA.broker().address());
    try (Admin admin = Admin.create(plain);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(plain, new StringSerializer(), new StringSerializer())) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      KafkaBroker.USER,
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      KafkaBroker.PASSWORD.getBytes(StandardCharsets.UTF_8))))
          .all()
          .get();
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(topic, "hello")).get();
    }
  }

  @AfterEach
  void close() {
    input.stop();
    storage.close();
  }

  private void read(KafkaSecurity security) {
    input =
        new KafkaInput(
            new KafkaProperties(
                List.of(KAFKA.broker().secureAddress()),
                List.of(topic),
                "group-" + topic,
                MessageFormat.AUTO,
                List.of(),
                security),
            new InputContext(
                new StorageIntake(storage),
                new InputMetrics("kafka"),
                List.of("app"),
                ZoneOffset.UTC,
                Clock.systemUTC()),
            1 << 20);
    input.start();
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SCRAM_SHA_512"})
  void topic_isReadWithAPasswordOverTls(Mechanism mechanism) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), KafkaBroker.PASSWORD + "\n");

    read(
        new KafkaSecurity(
            Protocol.SASL_SSL,
            mechanism,
            KafkaBroker.USER,
            null,
            password,
            KAFKA.broker().certificate(),
            null,
            null));

    await().until(() -> storage.stats().records() == 1);
  }

  @Test
  void wrongPassword_isToldAsTheInputsError() {
    read(
        new KafkaSecurity(
            Protocol.SASL_SSL,
            Mechanism.PLAIN,
            KafkaBroker.USER,
            "guessed",
            null,
            KAFKA.broker().certificate(),
            null,
            null));

    await().until(() -> input.note() != null);
    assertThat(input.note()).contains("uthentication failed");
    assertThat(input.stats().state()).isEqualTo(InputStats.State.FAILED);
  }
}
