package io.logcaster.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkTesting;
import io.logcaster.storage.Batches;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table of every database does, beside the contract of sinks. */
abstract class JdbcContract extends SinkContract {

  @TempDir Path directory;

  /** Each test has a table of its own. */
  private final String table = "logs_" + UUID.randomUUID().toString().replace('-', '_');

  /** The options of a sink to the database of this test. */
  abstract Map<String, Object> options();

  /** A connection to it that is never cut. */
  abstract Connection connect() throws SQLException;

  private Sink open(Map<String, ?> more) {
    Map<String, Object> options = new HashMap<>(options());
    options.put("table", table);
    options.putAll(more);
    return SinkTesting.open(
        new JdbcSinkType(),
        options,
        SinkTesting.context("table", directory, Duration.ofSeconds(5)));
  }

  @Override
  protected Sink open() {
    return open(Map.of());
  }

  @Override
  protected List<String> received(int atLeast) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return texts(statement, "SELECT message FROM " + table + " ORDER BY seq");
    } catch (SQLException ex) {
      if (String.valueOf(ex.getSQLState()).startsWith("42")) {
        return List.of(); // no table, because nothing was written
      }
      throw ex;
    }
  }

  final List<String> texts(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return texts(statement, sql.replace("$", table));
    }
  }

  final void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.replace("$", table));
    }
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private static RecordBatch one(String message, Field... fields) {
    return Batches.of(new LogRecord(NOON + 123_456_789, 17, message, List.of(fields)));
  }

  @Test
  void columns_haveWhatTheRecordHas() throws Exception {
    try (Sink sink = open(Map.of("columns", Map.of("trace", "trace_id")))) {
      SinkTesting.deliver(
          sink,
          0,
          one(
              "paid",
              new Field("host", "web-1"),
              new Field("app", "shop"),
              new Field("level", "ERROR"),
              new Field("trace_id", "abc"),
              new Field("a.b c", "x\"y")));
    }
    assertThat(texts("SELECT level FROM $")).containsExactly("ERROR");
    assertThat(texts("SELECT host FROM $")).containsExactly("web-1");
    assertThat(texts("SELECT app FROM $")).containsExactly("shop");
    assertThat(texts("SELECT trace FROM $")).containsExactly("abc");
    assertThat(texts("SELECT severity FROM $")).containsExactly("17");
    assertThat(texts("SELECT nanos FROM $")).containsExactly("" + (NOON + 123_456_789));
    assertThat(texts("SELECT stream FROM $")).containsExactly("{app=\"shop\",host=\"web-1\"}");
    assertThat(texts("SELECT EXTRACT(EPOCH FROM time) FROM $").getFirst())
        .startsWith("" + NOON / 1_000_000_000L)
        .contains(".12345");
    assertThat(texts("SELECT fields FROM $").getFirst().replace(" ", ""))
        .isEqualTo("{\"a.bc\":\"x\\\"y\"}");
  }

  @Test
  void repeatedRound_evenCutElsewhere_addsNothing() throws Exception {
    try (Sink sink = open()) {
      SinkTesting.deliver(sink, 100, batch(0, 10));
      SinkTesting.deliver(sink, 100, batch(0, 10));
      SinkTesting.deliver(sink, 100, batch(0, 4), batch(4, 7));
      SinkTesting.deliver(sink, 107, batch(7, 12));
    }
    assertThat(received(12)).containsExactlyElementsOf(messages(0, 12));
  }

  @Test
  void equalRecords_areDifferentRows() throws Exception {
    try (Sink sink = open()) {
      SinkTesting.deliver(sink, 0, one("tick"), one("tick"));
      SinkTesting.deliver(sink, 2, one("tick"));
    }
    assertThat(received(3)).containsExactly("tick", "tick", "tick");
  }

  @Test
  void recordThatATableRefuses_isNamed_andAllOthersAreStored() throws Exception {
    try (Sink sink = open()) {
      SinkTesting.deliver(sink, 0, batch(0, 1));
      execute("ALTER TABLE $ ADD CONSTRAINT short_$ CHECK (LENGTH(message) < 20)");
      sink.begin(1);
      sink.write(batch(1, 3));
      sink.write(one("a message that is longer than the table takes"));
      sink.write(batch(3, 5));
      SinkException failure = catchThrowableOfType(SinkException.class, sink::flush);

      assertThat(failure.kind()).isEqualTo(SinkException.Kind.PARTIAL);
      assertThat(failure.refused()).containsOnlyKeys(2);
      assertThat(failure.retried()).isEmpty();
      assertThat(failure)
          .message()
          .contains("refused 1 of the records")
          .containsIgnoringCase("check");
      SinkTesting.deliver(sink, 6, batch(5, 6));
    }
    assertThat(received(6)).containsExactlyElementsOf(messages(0, 6));
  }

  @Test
  void tableWithoutAColumn_isReported_andRecordsWaitUntilItIsMended() throws Exception {
    try (Sink sink = open()) {
      SinkTesting.deliver(sink, 0, batch(0, 1));
    }
    execute("ALTER TABLE $ DROP COLUMN app");
    try (Sink sink = open(Map.of("create", false))) {
      sink.begin(1);
      SinkException failure =
          catchThrowableOfType(SinkException.class, () -> sink.write(batch(1, 2)));
      assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
      assertThat(failure)
          .hasMessageContaining("The database failed")
          .message()
          .containsIgnoringCase("app");
      execute("ALTER TABLE $ ADD COLUMN app VARCHAR(100)");
      SinkTesting.deliver(sink, 1, batch(1, 2));
    }
    assertThat(received(2)).containsExactlyElementsOf(messages(0, 2));
  }
}
