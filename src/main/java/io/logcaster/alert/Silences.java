package io.logcaster.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

  private List<Silence> read() {
    return jdbc.sql("SELECT id, matchers, note, until FROM alert_silence ORDER BY until, id")
        .query(Silences::silence)
        .list();
  }

  private static Silence silence(ResultSet row, int number) throws SQLException {
    return new Silence(
        row.getString("id"),
        LabelsJson.parse(row.getString("matchers")),
        row.getString("note"),
        row.getObject("until", OffsetDateTime.class).toInstant());
  }

  /** The silences that have not ended, ordered by their end. */
  List<Silence> current() {
    Instant now = clock.instant();
    return all.stream().filter((silence) -> silence.until().isAfter(now)).toList();
  }

  Optional<Silence> find(String id) {
    return current().stream().filter((silence) -> silence.id().equals(id)).findFirst();
  }

  boolean covers(String rule, String severity, Map<String, String> labels, Instant now) {
    return all.stream().anyMatch((s) -> s.until().isAfter(now) && s.covers(rule, severity, labels));
  }

  /** Adds a silence or replaces the one with its id; deletes silences that have ended. */
  synchronized void put(Silence silence) {
    jdbc.sql("DELETE FROM alert_silence WHERE until < ?")
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("MERGE INTO alert_silence (id, matchers, note, until) KEY (id) VALUES (?, ?, ?, ?)")
        .params(
            silence.id(),
            LabelsJson.print(silence.matchers()),
            silence.note(),
            silence.until().atOffset(ZoneOffset.UTC))
        .update();
    all = read();
  }

  synchronized boolean remove(String id) {
    boolean found = jdbc.sql("DELETE FROM alert_silence WHERE id = ?").param(id).update() > 0;
    all = read();
    return found;
  }
}
