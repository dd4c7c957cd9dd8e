package io.logcaster.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.logcaster.record.LogRecord;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.SharedStorages;
import io.logcaster.system.SyncedFilePath;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class JdbcLogStorageTest extends LogStorageContract {

  @TempDir Path directory;

  @Override
  protected LogStorage open() throws IOException {
    return open(directory);
  }

  static LogStorage open(Path directory) throws IOException {
    return open(directory, false, (source) -> source);
  }

  private static LogStorage open(Path directory, boolean isShared, UnaryOperator<DataSource> fault)
      throws IOException {
    SyncedFilePath.register();
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl("jdbc:h2:sync:" + directory.resolve("records") + ";WRITE_DELAY=0");
    source.setUsername("sa");
    source.setPassword("");
    Flyway.configure().dataSource(source).locations("classpath:db/records").load().migrate();
    return new JdbcLogStorage(
        fault.apply(source),
        source,
        () -> directory.resolve("records.mv.db").toFile().length(),
        () -> directory.toFile().getUsableSpace(),
        isShared,
        0);
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
  void scan_ofManyBatches_returnsEachRecordOnceInEveryOrder() {
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
  void stats_ofASharedDatabase_includeWhatOtherServersStoreAndDelete() throws IOException {
    try (LogStorage one = open(directory.resolve("shared"), true, (source) -> source);
        LogStorage two = open(directory.resolve("shared"), true, (source) -> source)) {
      one.append(batch(record(NOON, 0, "one"), record(NOON + 1, 0, "two"))).join();
      await().until(() -> two.stats().records() == 2 && two.stats().maxTime() == NOON + 1);
      two.append(batch(record(NOON + 2, 0, "three"))).join();
      await().until(() -> one.stats().records() == 3);
      two.delete(ScanRequest.all().between(NOON, NOON));
      await().until(() -> one.stats().records() == 2 && one.stats().minTime() == NOON + 1);
    }
  }

  @Test
  void append_ofALargeBatch_isFoundComplete() {
    String noise = HexFormat.of().formatHex(random(3_000_000));
    append(batch(record(NOON, 0, noise, "a", "1")));
    assertThat(scan(ScanRequest.all())).extracting(LogRecord::message).containsExactly(noise);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(29).nextBytes(bytes);
    return bytes;
  }

  /** A data source that fails before it returns a connection, or when one is closed. */
  private static DataSource failing(
      DataSource source, AtomicBoolean failOpening, AtomicBoolean failClosing) {
    return proxy(
        DataSource.class,
        source,
        (method, result) -> {
          if (method.equals("getConnection") && failOpening.getAndSet(false)) {
            throw new StackOverflowError("injected");
          }
          return !(result instanceof Connection connection)
              ? result
              : proxy(
                  Connection.class,
                  connection,
                  (called, given) -> {
                    if (called.equals("close") && failClosing.getAndSet(false)) {
                      throw new SQLException("injected");
                    }
                    return given;
                  });
        });
  }

  /** Runs after each call of a method. */
  private interface After {

    Object call(String method, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T real, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                after.call(method.getName(), method.invoke(real, arguments))));
  }

  @Test
  void sharedDatabase_takesEachDeliveryOnce_ofTwoServers() throws IOException {
    storage.close();
    storage = open(directory, true, (source) -> source);
    try (LogStorage other = open(directory, true, (source) -> source)) {
      SharedStorages.takeTurns(storage, other);
    }
  }

  @Test
  void databaseOfOneServer_isNotShared() {
    assertThat(storage.isShared()).isFalse();
  }

  @Test
  void anErrorWhileInsertingABatch_failsOnlyThatBatch() throws IOException {
    storage.close();
    AtomicBoolean failOpening = new AtomicBoolean();
    storage = open(directory, false, (source) -> failing(source, failOpening, new AtomicBoolean()));
    failOpening.set(true);
    assertThat(storage.append(batch(record(NOON, 0, "first")))).failsWithin(10, TimeUnit.SECONDS);
    append(batch(record(NOON, 0, "second")));
    assertThat(scan(ScanRequest.all())).extracting(LogRecord::message).containsExactly("second");
  }

  @Test
  void aFailureAfterTheCommit_doesNotFailTheBatch() throws IOException {
    storage.close();
    AtomicBoolean failClosing = new AtomicBoolean();
    storage = open(directory, false, (source) -> failing(source, new AtomicBoolean(), failClosing));
    failClosing.set(true);
    append(batch(record(NOON, 0, "stored")));
    assertThat(failClosing).isFalse();
    assertThat(scan(ScanRequest.all())).hasSize(1);
  }

  @Test
  void stats_afterConcurrentChanges_matchTheTable() throws Exception {
    Thread sender =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    append(batch(record(NOON + i, 0, "m" + i), record(NOON + i, 0, "n" + i)));
                  }
                });
    while (sender.isAlive()) {
      storage.delete(ScanRequest.all().between(NOON, NOON + storage.stats().records() / 4));
    }
    sender.join();
    assertThat(storage.stats().records()).isEqualTo(scan(ScanRequest.all()).size());
  }

  @Test
  void scan_ofADamagedBatch_findsTheRestAndReportsIt() throws Exception {
    append(batch(record(NOON, 0, "first")));
    append(batch(record(NOON, 0, "second")));
    storage.close();
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl("jdbc:h2:sync:" + directory.resolve("records") + ";WRITE_DELAY=0");
      source.setUsername("sa");
      source.setPassword("");
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(
            "UPDATE record_batches SET body = X'0000001001020304' WHERE id ="
                + " (SELECT MIN(id) FROM record_batches)");
      }
    }
    storage = reopen();
    ScanRequest request = ScanRequest.all();
    assertThat(scan(request)).extracting(LogRecord::message).containsExactly("second");
    assertThat(request.trace().damage()).singleElement().asString().contains("batch 1");
    assertThatThrownBy(() -> storage.delete(ScanRequest.all()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("1 records were deleted", "batch 1");
    assertThat(scan(ScanRequest.all())).isEmpty();
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
