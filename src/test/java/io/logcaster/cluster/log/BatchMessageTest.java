package io.logcaster.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class BatchMessageTest {

  private final BatchMessage encoder = new BatchMessage();

  /** A message as a receiving node writes it. */
  public static byte[] encoded(RecordBatch batch) {
    try (BatchMessage encoder = new BatchMessage()) {
      return encoder.encode(batch);
    }
  }

  @Test
  void message_containsTheBatch() throws IOException {
    RecordBatch batch = batch(100, 7);

    byte[] message = encoder.encode(batch);

    assertThat(message).startsWith('L', 'B', BatchMessage.VERSION, 0);
    assertThat(BatchMessage.decode(message).records()).isEqualTo(batch.records());
  }

  @Test
  void message_ofALaterVersion_isToldFromDamage() {
    byte[] later = encoder.encode(batch(1, 1));
    later[2] = 2;
    byte[] flags = encoder.encode(batch(1, 1));
    flags[3] = 1;
    byte[] foreign = "{\"_msg\":\"not a batch\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> BatchMessage.decode(later))
        .isInstanceOf(BatchMessage.VersionException.class)
        .hasMessageContaining("this server reads version 1");
    assertThatThrownBy(() -> BatchMessage.decode(flags))
        .isInstanceOf(BatchMessage.VersionException.class);
    assertThatThrownBy(() -> BatchMessage.decode(foreign))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a batch");
  }

  @Test
  void messages_thatAreDamaged_areRefusedWithoutAllocatingWhatTheyClaim() {
    byte[] message = encoder.encode(batch(20, 3));
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] damaged = message.clone();
      damaged[4 + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));

      assertThatThrownBy(() -> BatchMessage.decode(damaged))
          .as("seed %d", seed)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> BatchMessage.decode(new byte[] {'L', 'B', 1}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void batch_ofManyStreams_isDividedByStreamAndKeepsItsOrder() throws IOException {
    RecordBatch batch = batch(500, 40);
    List<BatchSplitter.Part> parts;
    try (BatchSplitter splitter = new BatchSplitter()) {
      parts = splitter.split(batch, 5);
    }

    List<LogRecord> found = new ArrayList<>();
    Set<Integer> partitions = new HashSet<>();
    for (BatchSplitter.Part part : parts) {
      RecordBatch own = BatchMessage.decode(part.message());
      assertThat(partitions.add(part.partition())).as("one message each").isTrue();
      for (int stream = 0; stream < own.streamCount(); stream++) {
        assertThat(BatchSplitter.partition(own.stream(stream).id(), 5)).isEqualTo(part.partition());
      }
      assertThat(own.times()).isSorted();
      found.addAll(own.records());
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(batch.records());
  }

  @Test
  void message_thatIsTooLarge_isDivided() throws IOException {
    RecordBatch batch = batch(64, 1);
    List<BatchSplitter.Part> parts;
    try (BatchSplitter splitter = new BatchSplitter(100)) {
      parts = splitter.split(batch, 3);
    }

    List<LogRecord> found = new ArrayList<>();
    for (BatchSplitter.Part part : parts) {
      found.addAll(BatchMessage.decode(part.message()).records());
    }
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(found).isEqualTo(batch.records());
  }

  private static RecordBatch batch(int rows, int streams) {
    return Batches.of(
        IntStream.range(0, rows)
            .mapToObj(
                (row) ->
                    new LogRecord(
                        1_700_000_000_000_000_000L + row,
                        9,
                        "message number " + row,
                        List.of(
                            new Field("host", "h" + row % streams),
                            new Field("app", "a"),
                            new Field("n", String.valueOf(row)))))
            .toArray(LogRecord[]::new));
  }
}
