package io.logcaster.storage.config;

import com.zaxxer.hikari.HikariDataSource;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.jdbc.JdbcLogStorage;
import io.logcaster.system.SyncedFilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database of the record storage {@code jdbc}. It is not the control database, so that
 * neither slows or fills the other.
 */
final class RecordDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(RecordDatabase.class);

  private static final long SIZE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private RecordDatabase() {}

  static LogStorage open(JdbcProperties properties, Path directory) throws IOException {
    HikariDataSource source = new HikariDataSource();
    source.setPoolName("records");
    boolean isPostgres = properties.url() != null;
    if (isPostgres) {
      source.setDriverClassName("org.postgresql.Driver");
      source.setJdbcUrl(properties.url());
      source.setUsername(properties.user());
      if (properties.passwordFile() != null) {
        source.setPassword(Files.readString(properties.passwordFile()).strip());
      }
    } else {
      SyncedFilePath.register();
      source.setJdbcUrl(
          "jdbc:h2:sync:" + directory.resolve("records") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
      source.setUsername("sa");
      source.setPassword("");
    }
    try {
      Flyway.configure(RecordDatabase.class.getClassLoader())
          .dataSource(source)
          .locations(isPostgres ? "classpath:db/records-postgresql" : "classpath:db/records")
          .table(isPostgres ? "logcaster_records_history" : "flyway_schema_history")
          .baselineOnMigrate(isPostgres)
          .baselineVersion("0")
          .load()
          .migrate();
      return isPostgres
          ? new JdbcLogStorage(source, source, sizeOf(source), () -> Long.MAX_VALUE, true)
          : new JdbcLogStorage(
              source,
              source,
              () -> directory.resolve("records.mv.db").toFile().length(),
              () -> directory.toFile().getUsableSpace(),
              false);
    } catch (IOException | RuntimeException ex) {
      source.close();
      if (isPostgres && ex instanceof RuntimeException) {
        throw new IOException(properties.url() + " cannot be opened: " + ex.getMessage(), ex);
      }
      throw ex;
    }
  }

  /** The size of the table, asked for at most once in some seconds. */
  private static LongSupplier sizeOf(DataSource source) {
    AtomicLong size = new AtomicLong();
    AtomicLong asked = new AtomicLong(System.nanoTime() - SIZE_NANOS);
    return () -> {
      long last = asked.get();
      long now = System.nanoTime();
      if (now - last < SIZE_NANOS || !asked.compareAndSet(last, now)) {
        return size.get();
      }
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT pg_total_relation_size('record_batches')")) {
        row.next();
        size.set(row.getLong(1));
      } catch (SQLException ex) {
        LOG.debug("The size of the record database could not be read", ex);
      }
      return size.get();
    };
  }
}
