package io.logcaster.alert.rule;

import io.logcaster.alert.RuleKind;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Condition;
import io.logcaster.alert.condition.ConditionBody;
import io.logcaster.alert.condition.RuleErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Stores the rules in the control database. Thread-safe. */
@Repository
class RuleStore {

  private static final String COLUMNS =
      "id, name, kind, query, window_ms, interval_ms, for_ms, keep_firing_ms, severity, enabled,"
          + " terms";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
    Duration window = Duration.ofMillis(row.getLong("window_ms"));
    String severity = row.getString("severity");
    RuleErrors errors = new RuleErrors();
    Condition condition =
        Condition.read(
            RuleKind.of(row.getString("kind")).orElseThrow(),
            MAPPER.readValue(row.getString("terms"), ConditionBody.class),
            window,
            severity,
            errors);
    errors.throwAny();
    return new AlertRule(
        row.getString("id"),
        row.getString("name"),
        row.getString("query"),
        window,
        Duration.ofMillis(row.getLong("interval_ms")),
        Objects.requireNonNull(condition),
        Duration.ofMillis(row.getLong("for_ms")),
        Duration.ofMillis(row.getLong("keep_firing_ms")),
        severity,
        row.getBoolean("enabled"));
  }

  void add(AlertRule rule) {
    jdbc.sql("INSERT INTO alert_rule (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            rule.id(),
            rule.name(),
            rule.condition().kind().text(),
            rule.query(),
            rule.window().toMillis(),
            rule.interval().toMillis(),
            rule.hold().toMillis(),
            rule.keepFiring().toMillis(),
            rule.severity(),
            rule.enabled(),
            terms(rule))
        .update();
  }

  /** Replaces the rule with the same id; returns false if there is none. */
  boolean replace(AlertRule rule) {
    return jdbc.sql(
                """
                UPDATE alert_rule SET name = ?, kind = ?, query = ?, window_ms = ?, interval_ms = ?,
                  for_ms = ?, keep_firing_ms = ?, severity = ?, enabled = ?, terms = ?
                WHERE id = ?
                """)
            .params(
                rule.name(),
                rule.condition().kind().text(),
                rule.query(),
                rule.window().toMillis(),
                rule.interval().toMillis(),
                rule.hold().toMillis(),
                rule.keepFiring().toMillis(),
                rule.severity(),
                rule.enabled(),
                terms(rule),
                rule.id())
            .update()
        > 0;
  }

  private static String terms(AlertRule rule) {
    return MAPPER.writeValueAsString(rule.condition().body());
  }

  /** Deletes a rule; returns false if there is none. */
  boolean delete(String id) {
    jdbc.sql("DELETE FROM alert_known_group WHERE rule_id = ?").param(id).update();
    jdbc.sql("DELETE FROM alert_watch WHERE rule_id = ?").param(id).update();
    return jdbc.sql("DELETE FROM alert_rule WHERE id = ?").param(id).update() > 0;
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM alert_rule").query(Integer.class).single();
  }
}
