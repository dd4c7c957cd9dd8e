package io.logcaster.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.cluster.log.BatchMessageTest;
import io.logcaster.ingest.InputContext;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {

  @TempDir Path directory;

  private final InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
  private final InputContext context =
      new InputContext(
          new StorageIntake(storage),
          new InputMetrics("kafka-batches"),
          List.of("host"),
          ZoneOffset.UTC,
          Clock.systemUTC());

  private Path keep(SetAside aside, long offset, byte[] value) throws IOException {
    return aside.keep(new ConsumerRecord<>("batches", 3, offset, null, value), value);
  }

  private SetAside open(long most) throws IOException {
    return new SetAside(directory.resolve("quarantine"), "topic", most);
  }

  @Test
  void message_thatThisVersionCanRead_isStoredOnce_andItsFileIsGone() throws Exception {
    RecordBatch batch = ClusterStoreTest.batch(7);
    byte[] message = BatchMessageTest.encoded(batch);
    keep(open(1 << 20), 9, message);

    open(1 << 20).takeBack(context);
    keep(open(1 << 20), 9, message); // as after a kill before the file was deleted
    open(1 << 20).takeBack(context);

    assertThat(storage.stats().records()).isEqualTo(batch.size());
    try (Stream<Path> left = Files.list(directory.resolve("quarantine"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void message_thatNoVersionCanRead_staysInItsFile() throws Exception {
    Path file = keep(open(1 << 20), 9, new byte[] {1, 2, 3});

    open(1 << 20).takeBack(context);

    assertThat(file).hasFileName("kafka-topic-3-9.batch").hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(storage.stats().records()).isZero();
  }

  @Test
  void tooMany_areRefused_alsoAfterARestart() throws Exception {
    keep(open(10), 1, new byte[6]);
    SetAside full = open(10);

    keep(full, 1, new byte[6]); // it is there already
    assertThatThrownBy(() -> keep(full, 2, new byte[6]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("update this node");
  }
}
