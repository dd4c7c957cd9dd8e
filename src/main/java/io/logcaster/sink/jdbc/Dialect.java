package io.logcaster.sink.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between databases. Their drivers are loaded when they connect. */
enum Dialect {
  POSTGRESQL {
    @Override
    String driver() {
      return "org.postgresql.Driver";
    }

    @Override
    void limit(Properties properties, Duration timeout) {
      String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
      properties.setProperty("connectTimeout", seconds);
      properties.setProperty("socketTimeout", seconds);
      properties.setProperty("loginTimeout", seconds);
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("ApplicationName", "LogCaster");
      // One statement with many rows instead of many: several times as fast.
      properties.setProperty("reWriteBatchedInserts", "true");
    }

    @Override
    List<String> create(String table, List<String> columns) {
      return List.of(
          """
          CREATE TABLE IF NOT EXISTS %s (
            id uuid PRIMARY KEY, time timestamptz NOT NULL, nanos bigint NOT NULL,
            seq bigint NOT NULL, severity smallint NOT NULL, level text, host text, app text, stream text NOT NULL,
            message text NOT NULL, fields jsonb NOT NULL%s)\
          """
              .formatted(table, more(columns, "text")),
          "CREATE INDEX IF NOT EXISTS %s_time ON %s (time)".formatted(simple(table), table));
    }

    @Override
    String insert(String table, List<String> columns) {
      return "INSERT INTO %s (%s%s) VALUES (%s, CAST(? AS jsonb)%s) ON CONFLICT (id) DO NOTHING"
          .formatted(table, COLUMNS, more(columns, ""), marks(10), ", ?".repeat(columns.size()));
    }

    @Override
    String storable(String text) {
      // The one character that it cannot store.
      return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
  },

  H2 {
    @Override
    String driver() {
      return "org.h2.Driver";
    }

    @Override
    void limit(Properties properties, Duration timeout) {
      properties.setProperty("NETWORK_TIMEOUT", String.valueOf(timeout.toMillis()));
    }

    @Override
    List<String> create(String table, List<String> columns) {
      return List.of(
          """
          CREATE TABLE IF NOT EXISTS %s (
            id UUID PRIMARY KEY, time TIMESTAMP(9) WITH TIME ZONE NOT NULL, nanos BIGINT NOT NULL,
            seq BIGINT NOT NULL, severity SMALLINT NOT NULL, level VARCHAR, host VARCHAR, app VARCHAR,
            stream VARCHAR NOT NULL, message VARCHAR NOT NULL, fields JSON NOT NULL%s)\
          """
              .formatted(table, more(columns, "VARCHAR")),
          "CREATE INDEX IF NOT EXISTS %s_time ON %s (time)".formatted(table, table));
    }

    @Override
    String insert(String table, List<String> columns) {
      return "MERGE INTO %s (%s%s) KEY (id) VALUES (%s, ? FORMAT JSON%s)"
          .formatted(table, COLUMNS, more(columns, ""), marks(10), ", ?".repeat(columns.size()));
    }

    @Override
    String storable(String text) {
      return text;
    }
  };

  private static final String COLUMNS =
      "id, time, nanos, seq, severity, level, host, app, stream, message, fields";

  /** The class of the driver. */
  abstract String driver();

  /**
   * Connects.
   *
   * @return null if the driver does not know the URL
   */
  @Nullable Connection connect(String url, Properties properties) throws SQLException {
    try {
      // By name: a driver as a service would be loaded by every start of the server.
      Driver made =
          Class.forName(driver()).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
      return made.connect(url, properties);
    } catch (ReflectiveOperationException ex) {
      throw new SQLException("The driver " + driver() + " cannot be loaded", "08001", ex);
    }
  }

  /** Sets what keeps a connection from hanging. */
  abstract void limit(Properties properties, Duration timeout);

  /**
   * The statements that make the table if it does not exist.
   *
   * @param columns the user's own
   */
  abstract List<String> create(String table, List<String> columns);

  /**
   * The statement that adds a row, and does nothing if its id is there already. Its parameters are
   * the usual eleven and then the user's columns.
   */
  abstract String insert(String table, List<String> columns);

  /** The text, without what the database cannot store. */
  abstract String storable(String text);

  private static String more(List<String> columns, String type) {
    return columns.stream()
        .map((column) -> ", " + (column + " " + type).strip())
        .collect(Collectors.joining());
  }

  private static String marks(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** The name without its schema: PostgreSQL puts an index into the schema of its table. */
  private static String simple(String table) {
    return table.substring(table.indexOf('.') + 1);
  }
}
