package io.logcaster.storage.wal;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A write-ahead log in a temporary directory, and what it commits and recovers. */
abstract class WalFixture {

  @TempDir Path temporary;

  Path directory;
  Path quarantine;
  final List<LogRecord> recovered = new ArrayList<>();
  final List<LogRecord> committed = new CopyOnWriteArrayList<>();

  @BeforeEach
  void makeDirectories() throws IOException {
    directory = Files.createDirectory(temporary.resolve("wal"));
    quarantine = temporary.resolve("quarantine");
  }

  WriteAheadLog open(long after, Durability durability) throws IOException {
    return new WriteAheadLog(
        directory,
        durability,
        recover(after),
        (batch, sequence) -> committed.addAll(batch.records()));
  }

  WalRecovery recover(long after) throws IOException {
    recovered.clear();
    return WalRecovery.run(
        directory, quarantine, after, (batch, sequence) -> recovered.addAll(batch.records()));
  }

  static RecordBatch batch(int number, int size) {
    LogRecord[] records = new LogRecord[size];
    for (int i = 0; i < size; i++) {
      records[i] =
          new LogRecord(
              1_700_000_000_000_000_000L - i * 77L + number,
              i % 25,
              number + "/" + i + " ü",
              (i % 3 == 0)
                  ? List.of()
                  : List.of(new Field("host", "h" + i % 5), new Field("x" + i % 4, "v" + i)));
    }
    return Batches.of(records);
  }
}
