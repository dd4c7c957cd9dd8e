package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class MigrationsTest {

  private final JdbcDataSource source = new JdbcDataSource();

  @BeforeEach
  void open(TestInfo test) {
    source.setUrl(
        "jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName() + ";DB_CLOSE_DELAY=-1");
    source.setUser("sa");
  }

  @Test
  void completeHistory_isLeftAlone() throws SQLException {
    Migrations.run(source, List.of());
    List<String> complete = Migrations.history(source);
    execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '90'");
    execute("DROP TABLE sink");
    List<String> shorter = Migrations.history(source);

    Migrations.run(source, shorter);

    assertThat(shorter).hasSize(complete.size() - 1);
    assertThat(tables()).as("nothing was looked for").doesNotContain("SINK");
  }

  @Test
  void missingMigration_runs() throws SQLException {
    Migrations.run(source, List.of());
    List<String> complete = Migrations.history(source);
    execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '90'");
    execute("DROP TABLE sink");

    Migrations.run(source, complete);

    assertThat(Migrations.history(source)).isEqualTo(complete);
    assertThat(tables()).contains("SINK");
  }

  @Test
  void emptyDatabase_getsEveryMigration() throws SQLException {
    assertThat(Migrations.history(source)).isEmpty();

    Migrations.run(source, List.of("1 1 true"));

    assertThat(Migrations.history(source)).allMatch((row) -> row.endsWith(" true"));
    assertThat(tables()).contains("SETTINGS", "SINK");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
