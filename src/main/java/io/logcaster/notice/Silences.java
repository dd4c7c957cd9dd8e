package io.logcaster.notice;

import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.LabelMatcher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The silences, stored in the control database and cached in memory. Thread-safe. */
@Repository
class Silences {

  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile List<Silence> all;

  Silences(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.all = read();
  }

  /** Takes over what other nodes have changed. */
  void reload() {
    all = read();
  }

  private List<Silence> read() {
    return jdbc.sql(
            """
            SELECT id, matchers, conditions, note, author, until, warned
            FROM alert_silence ORDER BY until, id
            """)
        .query(Silences::silence)
        .list();
  }

  private static Silence silence(ResultSet row, int number) throws SQLException {
    return new Silence(
        row.getString("id"),
        StoredJson.labels(row.getString("matchers")),
        StoredJson.texts(row.getString("conditions")).stream().map(LabelMatcher::parse).toList(),
        row.getString("note"),
        row.getString("author"),
        row.getObject("until", OffsetDateTime.class).toInstant(),
        row.getBoolean("warned"));
  }

  /** The silences that have not ended, ordered by their end. */
  List<Silence> current() {
    Instant now = clock.instant();
    return all.stream().filter((silence) -> silence.until().isAfter(now)).toList();
  }

  Optional<Silence> find(String id) {
    return current().stream().filter((silence) -> silence.id().equals(id)).findFirst();
  }

  boolean covers(AlertKey alert, Instant now) {
    return all.stream().anyMatch((s) -> s.until().isAfter(now) && s.covers(alert));
  }

  /** Adds a silence or replaces the one with its id; deletes silences that have ended. */
  synchronized void put(Silence silence) {
    jdbc.sql("DELETE FROM alert_silence WHERE until < ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            MERGE INTO alert_silence (id, matchers, conditions, note, author, until, warned)
            KEY (id) VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            silence.id(),
            StoredJson.print(silence.matchers()),
            StoredJson.MAPPER.writeValueAsString(Matchers.print(silence.match())),
            silence.note(),
            silence.author(),
            silence.until().atOffset(ZoneOffset.UTC),
            silence.warned())
        .update();
    all = read();
  }

  /** Remembers that people have been told that a silence ends soon. */
  synchronized void warned(String id) {
    jdbc.sql("UPDATE alert_silence SET warned = TRUE WHERE id = ?").param(id).update();
    all = read();
  }

  synchronized boolean remove(String id) {
    boolean found = jdbc.sql("DELETE FROM alert_silence WHERE id = ?").param(id).update() > 0;
    all = read();
    return found;
  }
}
