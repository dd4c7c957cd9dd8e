package io.logcaster.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the rules in the control database. Thread-safe. */
@Repository
class RuleStore {

  private static final String COLUMNS =
      "id, name, query, window_ms, interval_ms, comparison, threshold, for_ms, severity, enabled";

  private final JdbcClient jdbc;

  RuleStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All rules, the oldest first. */
  List<AlertRule> all() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM alert_rule ORDER BY created_at, id")
        .query(RuleStore::rule)
        .list();
  }

  Optional<AlertRule> find(String id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM alert_rule WHERE id = ?")
        .param(id)
        .query(RuleStore::rule)
        .optional();
  }

  private static AlertRule rule(ResultSet row, int number) throws SQLException {
    return new AlertRule(
        row.getString("id"),
        row.getString("name"),
        row.getString("query"),
        Duration.ofMillis(row.getLong("window_ms")),
        Duration.ofMillis(row.getLong("interval_ms")),
        Comparison.of(row.getString("comparison")).orElseThrow(),
        row.getDouble("threshold"),
        Duration.ofMillis(row.getLong("for_ms")),
        row.getString("severity"),
        row.getBoolean("enabled"));
  }

  void add(AlertRule rule) {
    jdbc.sql("INSERT INTO alert_rule (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            rule.id(),
            rule.name(),
            rule.query(),
            rule.window().toMillis(),
            rule.interval().toMillis(),
            rule.comparison().symbol(),
            rule.threshold(),
            rule.hold().toMillis(),
            rule.severity(),
            rule.enabled())
        .update();
  }

  /** Replaces the rule with the same id; returns false if there is none. */
  boolean replace(AlertRule rule) {
    return jdbc.sql(
                """
                UPDATE alert_rule SET name = ?, query = ?, window_ms = ?, interval_ms = ?,
                  comparison = ?, threshold = ?, for_ms = ?, severity = ?, enabled = ?
                WHERE id = ?
                """)
            .params(
                rule.name(),
                rule.query(),
                rule.window().toMillis(),
                rule.interval().toMillis(),
                rule.comparison().symbol(),
                rule.threshold(),
                rule.hold().toMillis(),
                rule.severity(),
                rule.enabled(),
                rule.id())
            .update()
        > 0;
  }

  /** Deletes a rule; returns false if there is none. */
  boolean delete(String id) {
    return jdbc.sql("DELETE FROM alert_rule WHERE id = ?").param(id).update() > 0;
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM alert_rule").query(Integer.class).single();
  }
}
