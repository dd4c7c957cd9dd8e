package io.logcaster.cluster.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.PackedBatch;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

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
  void message_isLoggedAsItIs_andFoundAfterARestart(@TempDir Path directory) throws Exception {
    RecordBatch batch = batch(100, 7).byStream();
    byte[] message = encoder.encode(batch);
    RecordBatch decoded = BatchMessage.decode(message).withMark(new DeliveryMark("c", 5, -1));
    PackedBatch packed = decoded.takePacked();
    assertThat(packed).isNotNull();
    assertThat(packed.bytes()).isEqualTo(Arrays.copyOfRange(message, 8, message.length));
    Path copy = directory.resolve("copy");
    try (SegmentLogStorage storage =
        SegmentLogStorage.open(directory.resolve("first"), SegmentOptions.defaults())) {
      storage.append(decoded.packedAs(packed)).get();
      FileSystemUtils.copyRecursively(
          directory.resolve("first"), copy); // as a killed one leaves it
    }

    try (SegmentLogStorage storage = SegmentLogStorage.open(copy, SegmentOptions.defaults())) {
      List<LogRecord> found = new ArrayList<>();
      storage.scan(
          ScanRequest.all(),
          (rows, selected, worker) -> found.addAll(rows.select(selected).records()));
      assertThat(found).containsExactlyInAnyOrderElementsOf(batch.records());
      assertThat(storage.lastDelivery("c")).isEqualTo(5);
    }
    assertThat(decoded.takePacked()).as("the storage let go of it").isNull();
  }

  @Test
  void message_whoseRowsAreNotGroupedByStream_isEncodedAgain() throws IOException {
    assertThat(BatchMessage.decode(encoder.encode(batch(100, 7))).takePacked()).isNull();
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
