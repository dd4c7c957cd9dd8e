package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.s3.S3Server;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A storage that has brought everything to object storage whenever it is asked. */
class TieredLogStorageTest extends LogStorageContract {

  private static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(100_000, Duration.ofDays(1)).withMergeFan(3);

  private static S3Server server;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected LogStorage open() throws IOException {
    server.clear();
    return reopen();
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    return new Moving(Tiers.open(directory, SMALL, Tiers.options(server, "one", 1 << 20)));
  }

  private record Moving(SegmentLogStorage storage) implements LogStorage {

    @Override
    public CompletableFuture<Void> append(RecordBatch batch) {
      return storage.append(batch);
    }

    @Override
    public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
      Tiers.move(storage);
      storage.scan(request, consumer);
    }

    @Override
    public long delete(ScanRequest request) throws IOException {
      Tiers.move(storage);
      return storage.delete(request);
    }

    @Override
    public long lastDelivery(String client) {
      return storage.lastDelivery(client);
    }

    @Override
    public StorageStats stats() {
      return storage.stats();
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }
}
