package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MigrationsTest {

  private final JdbcDataSource source = new JdbcDataSource();

  @BeforeEach
  void open() {
    source.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    source.setUser("sa");
  }

  @Test
  void completeHistory_isLeftAlone() throws SQLException {
    List<String> complete = complete();
    migrateAllButTheLast(complete);
    List<String> shorter = Migrations.history(source);

    Migrations.run(source, shorter);

    assertThat(shorter).hasSize(complete.size() - 1);
    assertThat(Migrations.history(source)).as("nothing was looked for").isEqualTo(shorter);
  }

  @Test
  void missingMigration_runs() throws SQLException {
    List<String> complete = complete();
    migrateAllButTheLast(complete);

    Migrations.run(source, complete);

    assertThat(Migrations.history(source)).isEqualTo(complete);
  }

  /** What a new database has. */
  private static List<String> complete() throws SQLException {
    JdbcDataSource other = new JdbcDataSource();
    other.setUrl("jdbc:h2:mem:");
    other.setUser("sa");
    try (Connection open = other.getConnection()) {
      SingleConnectionDataSource one = new SingleConnectionDataSource(open, true);
      Migrations.run(one, List.of());
      return Migrations.history(one);
    }
  }

  private void migrateAllButTheLast(List<String> complete) {
    List<Integer> versions =
        complete.stream()
            .map((row) -> row.substring(0, row.indexOf(' ')))
            .filter((version) -> version.matches("[0-9]+"))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .target(String.valueOf(versions.get(versions.size() - 2)))
        .load()
        .migrate();
  }

  @Test
  void emptyDatabase_getsEveryMigration() throws SQLException {
    assertThat(Migrations.history(source)).isEmpty();

    Migrations.run(source, List.of("1 1 true"));

    assertThat(Migrations.history(source)).allMatch((row) -> row.endsWith(" true"));
    assertThat(tables()).contains("SETTINGS", "SINK");
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = source.getConnection();
        ResultSet names = connection.getMetaData().getTables(null, "PUBLIC", null, null)) {
      while (names.next()) {
        tables.add(names.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
