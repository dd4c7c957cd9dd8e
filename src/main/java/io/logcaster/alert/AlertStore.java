package io.logcaster.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the active alerts and the history of all changes in the control database. Thread-safe. */
@Repository
class AlertStore {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  AlertStore(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** The active alerts by the id of their rule. */
  Map<String, List<Alert>> active() {
    Map<String, List<Alert>> byRule = new HashMap<>();
    jdbc.sql("SELECT rule_id, labels, state, alert_value, since FROM alert_active")
        .query(
            (row) -> {
              Alert alert =
                  new Alert(
                      LabelsJson.parse(row.getString("labels")),
                      AlertState.valueOf(row.getString("state")),
                      row.getDouble("alert_value"),
                      instant(row, "since"));
              byRule
                  .computeIfAbsent(row.getString("rule_id"), (id) -> new java.util.ArrayList<>())
                  .add(alert);
            });
    return byRule;
  }

  /** Adds changes to the history and updates the active alerts, in one transaction. */
  void keep(List<AlertChange> changes) {
    transaction.executeWithoutResult((status) -> changes.forEach(this::keep));
  }

  private void keep(AlertChange change) {
    String labels = LabelsJson.print(change.labels());
    OffsetDateTime time = change.time().atOffset(ZoneOffset.UTC);
    jdbc.sql(
            """
            INSERT INTO alert_history
              (rule_id, name, severity, labels, from_state, to_state, alert_value, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            change.rule(),
            change.name(),
            change.severity(),
            labels,
            change.from().name(),
            change.to().name(),
            change.value(),
            time)
        .update();
    if (change.to() == AlertState.INACTIVE) {
      jdbc.sql("DELETE FROM alert_active WHERE rule_id = ? AND labels = ?")
          .params(change.rule(), labels)
          .update();
    } else {
      jdbc.sql(
              """
              MERGE INTO alert_active (rule_id, labels, state, alert_value, since)
              KEY (rule_id, labels) VALUES (?, ?, ?, ?, ?)
              """)
          .params(change.rule(), labels, change.to().name(), change.value(), time)
          .update();
    }
  }

  /**
   * Changes, the latest first.
   *
   * @param rule the id of the rule whose changes are requested; null for all
   */
  List<AlertChange> history(@Nullable String rule, int limit) {
    return jdbc.sql(
            """
            SELECT rule_id, name, severity, labels, from_state, to_state, alert_value, changed_at
            FROM alert_history WHERE :rule IS NULL OR rule_id = :rule
            ORDER BY id DESC LIMIT :limit
            """)
        .param("rule", rule)
        .param("limit", limit)
        .query(
            (row, number) ->
                new AlertChange(
                    row.getString("rule_id"),
                    row.getString("name"),
                    row.getString("severity"),
                    LabelsJson.parse(row.getString("labels")),
                    AlertState.valueOf(row.getString("from_state")),
                    AlertState.valueOf(row.getString("to_state")),
                    row.getDouble("alert_value"),
                    instant(row, "changed_at")))
        .list();
  }

  /** Deletes changes that are too old or too many. */
  void prune(Instant oldest, int maxEntries) {
    jdbc.sql("DELETE FROM alert_history WHERE changed_at < ?")
        .param(oldest.atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            DELETE FROM alert_history WHERE id <=
              (SELECT id FROM alert_history ORDER BY id DESC LIMIT 1 OFFSET ?)
            """)
        .param(maxEntries)
        .update();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
