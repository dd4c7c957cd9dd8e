package io.logcaster.sink.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL server of this test, which can be stopped and started again with its data. */
public final class PostgresServer implements AutoCloseable {

  private final EmbeddedPostgres process;

  /**
   * Starts a server.
   *
   * @param port its port
   */
  public PostgresServer(Path directory, int port) throws IOException {
    process =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setPort(port)
            .start();
  }

  static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
