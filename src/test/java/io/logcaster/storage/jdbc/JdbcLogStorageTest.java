package io.logcaster.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.logcaster.record.LogRecord;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.ScanRequest;
import io.logcaster.system.SyncedFilePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcLogStorageTest extends LogStorageContract {

  @TempDir Path directory;

  @Override
  protected LogStorage open() throws IOException {
    return open(directory);
  }

  static LogStorage open(Path directory) throws IOException {
    SyncedFilePath.register();
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl("jdbc:h2:sync:" + directory.resolve("records") + ";WRITE_DELAY=0");
    source.setUsername("sa");
    source.setPassword("");
    Flyway.configure().dataSource(source).locations("classpath:db/records").load().migrate();
    return new JdbcLogStorage(
        source,
        source,
        () -> directory.resolve("records.mv.db").toFile().length(),
        () -> directory.toFile().getUsableSpace());
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    return open();
  }

  @Test
  void scan_ofManyBatches_meetsEachRecordOnceInEveryOrder() {
    Random random = new Random(23);
    for (int i = 0; i < 3; i++) {
      append(randomBatch(random, 4_000));
    }
    for (ScanRequest.Order order : ScanRequest.Order.values()) {
      assertThat(scan(ScanRequest.all().inOrder(order))).hasSize(12_000);
      assertThat(scan(ScanRequest.all().inOrder(order).between(NOON, NOON))).isEmpty();
    }
  }

  @Test
  void append_ofALargeBatch_givesItBack() {
    String noise = HexFormat.of().formatHex(random(3_000_000));
    append(batch(record(NOON, 0, noise, "a", "1")));
    assertThat(scan(ScanRequest.all())).extracting(LogRecord::message).containsExactly(noise);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(29).nextBytes(bytes);
    return bytes;
  }

  @Test
  void append_afterClose_fails() throws IOException {
    storage.close();
    assertThat(storage.append(batch(record(NOON, 0, "late"))))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withRootCauseInstanceOf(IOException.class);
    storage = reopen();
    assertThat(storage.stats().records()).isZero();
  }
}
