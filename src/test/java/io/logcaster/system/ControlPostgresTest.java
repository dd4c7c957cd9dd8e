package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.sink.ProxiedPort;
import io.logcaster.sink.jdbc.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The control database on a real PostgreSQL server. */
class ControlPostgresTest {

  @TempDir static Path directory;

  private static PostgresServer server;
  private static String url;

  @BeforeAll
  static void start() throws IOException {
    int port = ProxiedPort.freePort();
    server = new PostgresServer(directory.resolve("postgres"), port);
    url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void nodes_thatStartTogether_migrateOnce() throws SQLException {
    ControlProperties settings = PostgresControl.settings(url);
    List<CompletableFuture<ControlPool>> opening = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      opening.add(
          CompletableFuture.supplyAsync(
              () -> ControlDatabase.open(settings, Clock.systemUTC()),
              (task) -> Thread.ofPlatform().start(task)));
    }
    for (CompletableFuture<ControlPool> one : opening) {
      try (ControlPool pool = one.join()) {
        assertThat(Migrations.history(pool)).hasSizeGreaterThan(15).doesNotHaveDuplicates();
        assertThat(Migrations.history(pool)).allMatch((row) -> row.endsWith(" true"));
      }
    }
  }

  @Test
  void settings_areKeptAndReplaced_andTheShippedRulesAreThere() throws SQLException {
    try (ControlPool pool =
        ControlDatabase.open(PostgresControl.settings(url), Clock.systemUTC())) {
      SettingsStore settings = new SettingsStore(JdbcClient.create(pool), Clock.systemUTC());
      settings.put("a", "1");
      settings.put("a", "2");

      assertThat(settings.get("a")).contains("2");
      assertThat(
              JdbcClient.create(pool)
                  .sql("SELECT for_ms FROM alert_rule WHERE id = 'host-cpu'")
                  .query(Long.class)
                  .single())
          .isEqualTo(300_000);
      assertThat(pool.failure()).isNull();
    }
  }

  @Test
  void server_thatIsAway_isNamed(@TempDir Path secrets) throws IOException {
    Path password = Files.writeString(secrets.resolve("password"), "wrong\n");
    ControlProperties wrong =
        new ControlProperties(
            "jdbc:postgresql://127.0.0.1:" + ProxiedPort.freePort() + "/postgres",
            "postgres",
            null,
            password);

    assertThat(wrong.secret()).isEqualTo("wrong");
    assertThatThrownBy(() -> ControlDatabase.open(wrong, Clock.systemUTC()))
        .isInstanceOf(ControlDatabaseException.class)
        .hasMessageContaining("127.0.0.1");
    assertThat(new ControlDatabaseFailureAnalyzer().analyze(failure(wrong)).getAction())
        .contains("logcaster.control.url");
  }

  private static Throwable failure(ControlProperties settings) {
    try {
      CompletableFuture.runAsync(() -> ControlDatabase.open(settings, Clock.systemUTC())).join();
      throw new IllegalStateException("It opened");
    } catch (CompletionException ex) {
      return ex.getCause();
    }
  }

  @Test
  void settings_thatAreWrong_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlProperties("jdbc:mysql://db/x", null, null, null))
        .withMessageContaining("jdbc:postgresql://db:5432/logcaster");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlProperties(null, null, "secret", Path.of("password")))
        .withMessageContaining("give one of them");
    assertThat(new ControlProperties(url, "u", "secret", null).toString()).doesNotContain("secret");
  }
}
