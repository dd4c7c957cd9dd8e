package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.LabelMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The maintenance windows, stored in the control database and cached in memory. Thread-safe. */
@Repository
class MaintenanceStore {

  private static final int MAX_NAME = 200;

  private final JdbcClient jdbc;
  private volatile List<Maintenance> all;

  MaintenanceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.all = read();
  }

  /** Takes over what other nodes have changed. */
  void reload() {
    all = read();
  }

  private List<Maintenance> read() {
    return jdbc.sql("SELECT id, body FROM alert_maintenance ORDER BY id")
        .query(
            (row, number) ->
                checked(
                    row.getString("id"),
                    StoredJson.MAPPER.readValue(row.getString("body"), MaintenanceBody.class)))
        .list();
  }

  /**
   * Checks a maintenance window.
   *
   * @throws io.logcaster.system.ProblemException 400 {@code invalid_property}
   */
  static Maintenance checked(String id, MaintenanceBody body) {
    String name = body.name() == null ? "" : body.name().strip();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw invalidProperty("name", "is required, with at most " + MAX_NAME + " characters");
    }
    List<LabelMatcher> match = Matchers.parse("match", body.match());
    Instant start = body.start();
    Instant end = body.end();
    if (body.hours() != null) {
      if (start != null || end != null) {
        throw invalidProperty("hours", "cannot be combined with 'start' and 'end'");
      }
      return new Maintenance(id, name, match, null, null, body.hours().checked("hours"));
    }
    if (start == null || end == null || !end.isAfter(start)) {
      throw invalidProperty(
          "end", "must be a time after 'start'; a window that recurs has 'hours' instead of both");
    }
    return new Maintenance(id, name, match, start, end, null);
  }

  List<Maintenance> all() {
    return all;
  }

  Optional<Maintenance> find(String id) {
    return all.stream().filter((window) -> window.id().equals(id)).findFirst();
  }

  boolean covers(AlertKey alert, Instant now) {
    return all.stream().anyMatch((window) -> window.covers(alert, now));
  }

  synchronized void put(Maintenance window) {
    jdbc.sql("MERGE INTO alert_maintenance (id, body) KEY (id) VALUES (?, ?)")
        .params(window.id(), StoredJson.MAPPER.writeValueAsString(window.body()))
        .update();
    all = read();
  }

  synchronized boolean remove(String id) {
    boolean found = jdbc.sql("DELETE FROM alert_maintenance WHERE id = ?").param(id).update() > 0;
    all = read();
    return found;
  }
}
