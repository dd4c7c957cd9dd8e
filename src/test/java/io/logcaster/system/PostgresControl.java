package io.logcaster.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;

/** Control databases on a PostgreSQL server, each in a schema of its own. */
public final class PostgresControl {

  private PostgresControl() {}

  /** Settings of a new, empty one. */
  static ControlProperties settings(String url) throws SQLException {
    String schema = "s" + UUID.randomUUID().toString().replace("-", "");
    DataSource server =
        new PostgresSource(new ControlProperties(url, "postgres", "postgres", null));
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return new ControlProperties(url + "?currentSchema=" + schema, "postgres", "postgres", null);
  }

  /** A new, migrated one. */
  public static DataSource open(String url) throws SQLException {
    return ControlDatabase.open(settings(url), Clock.systemUTC());
  }
}
