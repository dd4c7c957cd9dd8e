package io.logcaster.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.aot.AotDetector;

/**
 * Brings the control database to the version of this server.
 *
 * <p>The build runs all migrations once. It keeps the empty database that they leave, with which
 * every new one begins, and what Flyway's table holds then. If a database holds exactly that,
 * Flyway has nothing to do and is not even loaded: it would take a quarter of the start.
 */
final class Migrations {

  /** Flyway's own table, which every migrated database has. */
  static final String HISTORY = "flyway_schema_history";

  private static final String LOCATION = "db/migration";

  /** Made by the build, together with the processed beans. */
  private static final String COMPLETE = "/db/control-history.txt";

  private static final String EMPTY = "/db/control-empty.mv.db";

  private Migrations() {}

  /** Writes only if a migration is pending, so that the server can start on a full disk. */
  static void run(DataSource source) throws SQLException {
    run(source, isBuilt() ? complete() : List.of());
  }

  /** Otherwise what an earlier build made may lie in the directory of classes; see Launcher. */
  private static boolean isBuilt() {
    return AotDetector.useGeneratedArtifacts();
  }

  /** Creates the file of a new database, if the build has made one. */
  static void prepare(ControlFiles files) throws IOException {
    if (isBuilt()) {
      try (InputStream empty = Migrations.class.getResourceAsStream(EMPTY)) {
        if (empty != null) {
          files.create(empty);
        }
      }
    }
  }

  /** {@code complete} is the history to which no migration is missing; empty if it is unknown. */
  static void run(DataSource source, List<String> complete) throws SQLException {
    if (!complete.isEmpty() && complete.equals(history(source))) {
      return;
    }
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:" + LOCATION)
            // Features number their migrations in ranges of their own.
            .outOfOrder(true)
            .load();
    if (flyway.info().pending().length > 0) {
      flyway.migrate();
    }
  }

  /** Whether any migration has ever run. */
  static boolean hasHistory(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        ResultSet tables =
            connection.getMetaData().getTables(null, null, HISTORY, new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  /** Version, checksum and success of each migration that ran; empty if none ever did. */
  static List<String> history(DataSource source) throws SQLException {
    if (!hasHistory(source)) {
      return List.of();
    }
    List<String> history = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"version\", \"checksum\", \"success\" FROM \"" + HISTORY + "\"")) {
      while (rows.next()) {
        history.add("%s %d %b".formatted(rows.getString(1), rows.getInt(2), rows.getBoolean(3)));
      }
    }
    // Whatever the order in which they ran. The creation of the schema has no version.
    history.sort(
        Comparator.comparingInt((String row) -> row.startsWith("null") ? 0 : row.indexOf(' '))
            .thenComparing(Comparator.naturalOrder()));
    return history;
  }

  private static List<String> complete() {
    try (InputStream list = Migrations.class.getResourceAsStream(COMPLETE)) {
      return (list == null)
          ? List.of()
          : new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException ex) {
      return List.of(); // Flyway looks for itself
    }
  }

  /** Makes both for the build: {@code CLASSES-DIRECTORY WORK-DIRECTORY}. */
  static void main(String[] args) throws IOException, SQLException {
    Path work = Files.createTempDirectory(Path.of(args[1]), "control");
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl("jdbc:h2:" + work.toAbsolutePath().resolve("empty"));
    source.setUser("sa");
    List<String> history;
    try (Connection open = source.getConnection();
        Statement statement = open.createStatement()) {
      run(source, List.of());
      history = history(source);
      statement.execute("SHUTDOWN COMPACT");
    }
    Path list = Path.of(args[0] + COMPLETE);
    Files.createDirectories(list.getParent());
    Files.write(list, history);
    Files.copy(
        work.resolve("empty.mv.db"), Path.of(args[0] + EMPTY), StandardCopyOption.REPLACE_EXISTING);
  }
}
