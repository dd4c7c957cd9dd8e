package io.logcaster.storage.config;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.SharedStorages;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of storages, in a database of PostgreSQL. */
class PostgresLogStorageIT extends LogStorageContract {

  @TempDir static Path directory;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startServer() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("postgres"))
            .setCleanDataDirectory(false)
            .start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    postgres.close();
  }

  @Override
  protected LogStorage open() throws IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DROP TABLE IF EXISTS record_batches, deliveries, logcaster_records_history");
    } catch (SQLException ex) {
      throw new IOException(ex);
    }
    return reopen();
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    Path password = directory.resolve("password");
    Files.writeString(password, "postgres\n");
    return connect(password);
  }

  @Test
  void database_takesEachDeliveryOnce_ofTwoServers() throws IOException {
    try (LogStorage other = reopen()) {
      SharedStorages.takeTurns(storage, other);
    }
  }

  private static LogStorage connect(Path password) throws IOException {
    return RecordDatabase.open(
        new JdbcProperties(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
            "postgres",
            password),
        directory);
  }
}
