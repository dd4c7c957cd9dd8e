package io.logcaster.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchCodecTest {

  private static final long TIME = 1_700_000_000_000_000_000L;

  @Test
  void everyKindOfColumn_comesBack() throws IOException {
    LogRecord[] records = new LogRecord[700];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          new LogRecord(
              TIME + (long) i * i * i * ((i % 2 == 0) ? 1 : -1),
              i % 25,
              "message " + i + " of its own",
              List.of(
                  new Field("host", "h" + i % 3),
                  new Field("constant", "always the same"),
                  new Field("few", "v" + i % 7),
                  new Field("many", "value " + i * 31),
                  new Field("sparse" + i % 11, (i % 3 == 0) ? "" : "x".repeat(i))));
    }
    assertComesBack(Batches.of(records));
  }

  /** A filter passes on some rows of a batch, whose columns then are views of the others. */
  @Test
  void selectedRows_comeBack() throws IOException {
    LogRecord[] records = new LogRecord[500];
    for (int i = 0; i < records.length; i++) {
      records[i] =
          new LogRecord(TIME - i, i % 25, "m" + i, List.of(new Field("a", "y".repeat(i % 200))));
    }
    RecordBatch batch = Batches.of(records);
    Bitmap rows = Bitmap.all(batch.size());
    for (int i = 0; i < batch.size(); i += 3) {
      rows.clear(i);
    }
    assertComesBack(batch.select(rows));
  }

  /** More than the codec's first buffer holds, in each part of a batch by itself. */
  @ParameterizedTest
  @MethodSource("seeds")
  void batchesOfAnySize_comeBack(long seed) throws IOException {
    Random random = new Random(seed);
    BatchCodec codec = new BatchCodec();
    for (int round = 0; round < 12; round++) {
      LogRecord[] records = new LogRecord[1 + random.nextInt(400)];
      int distinct = 1 + random.nextInt(300);
      int longest = 1 + random.nextInt(round == 0 ? 20_000 : 500);
      int names = random.nextInt(30);
      for (int i = 0; i < records.length; i++) {
        List<Field> fields = new ArrayList<>();
        for (int name = 0; name < names; name++) {
          if (random.nextBoolean()) {
            String value = Integer.toString(random.nextInt(distinct));
            fields.add(new Field("n" + name, value.repeat(1 + random.nextInt(longest) / 20)));
          }
        }
        String message = "é".repeat(random.nextInt(longest));
        records[i] = new LogRecord(random.nextLong(), random.nextInt(25), message, fields);
      }
      RecordBatch batch = Batches.of(records);
      assertThat(BatchCodec.fromBytes(codec.toBytes(batch)).records())
          .as(Seeds.told(seed))
          .isEqualTo(batch.records());
    }
  }

  static LongStream seeds() {
    return Seeds.with(1);
  }

  /** Read from the middle of its array, as from a file. */
  private static void assertComesBack(RecordBatch batch) throws IOException {
    BatchCodec codec = new BatchCodec();
    BatchCodec.Encoded encoded = codec.encode(batch);
    int head = WalFormat.FRAME_HEADER;
    RecordBatch read =
        BatchCodec.decode(encoded.frame, head, encoded.end - head, encoded.rawLength);
    assertThat(read.records()).isEqualTo(batch.records());
    assertThat(BatchCodec.fromBytes(codec.toBytes(batch)).records()).isEqualTo(batch.records());
  }
}
