package io.logcaster.alert.rule;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.RuleKind;
import io.logcaster.alert.state.Alert;
import io.logcaster.alert.state.AlertIds;
import io.logcaster.alert.state.LabelsJson;
import io.logcaster.alert.state.RuleAlerts;
import io.logcaster.cluster.Lease;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the active alerts and the history of all changes in the control database. Thread-safe. */
@Repository
class AlertStore {

  private static final String COLUMNS =
      "id, rule_id, name, kind, severity, labels, from_state, to_state, alert_value, threshold,"
          + " reason, since, changed_at";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  private final Lease lease;

  /**
   * @param lease whose holder alone may change alerts
   */
  AlertStore(JdbcClient jdbc, TransactionTemplate transaction, Lease lease) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.lease = lease;
  }

  /** The active alerts by the id of their rule. */
  Map<String, List<Alert>> active() {
    Map<String, List<Alert>> byRule = new HashMap<>();
    jdbc.sql(
            """
            SELECT rule_id, labels, state, severity, alert_value, threshold, reason, since,
              started_at, clear_since, lower_since
            FROM alert_active
            """)
        .query(
            (row) -> {
              Alert alert =
                  new Alert(
                      LabelsJson.parse(row.getString("labels")),
                      AlertState.valueOf(row.getString("state")),
                      row.getString("severity"),
                      row.getDouble("alert_value"),
                      row.getObject("threshold", Double.class),
                      row.getString("reason"),
                      instant(row, "since"),
                      instant(row, "started_at"),
                      instantOrNull(row, "clear_since"),
                      instantOrNull(row, "lower_since"));
              byRule
                  .computeIfAbsent(row.getString("rule_id"), (id) -> new ArrayList<>())
                  .add(alert);
            });
    return byRule;
  }

  /**
   * Adds changes to the history and updates the active alerts, in one transaction.
   *
   * @param rule the id of the rule whose evaluation it was
   * @return the changes with their sequences
   * @throws Lease.LostException if another node evaluates the rules by now; nothing was stored
   */
  List<AlertChange> keep(String rule, RuleAlerts.Update update) {
    return transaction.execute(
        (status) -> {
          lease.verify();
          update.waiting().forEach((alert) -> keepTimers(rule, alert));
          return update.changes().stream().map(this::keep).toList();
        });
  }

  private void keepTimers(String rule, Alert alert) {
    jdbc.sql(
            """
            UPDATE alert_active SET clear_since = :clear, lower_since = :lower
            WHERE rule_id = :rule AND labels = :labels
            """)
        .param("clear", offset(alert.clearSince()))
        .param("lower", offset(alert.lowerSince()))
        .param("rule", rule)
        .param("labels", LabelsJson.print(alert.labels()))
        .update();
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private AlertChange keep(AlertChange change) {
    String labels = LabelsJson.print(change.labels());
    OffsetDateTime time = change.time().atOffset(ZoneOffset.UTC);
    OffsetDateTime since = change.since().atOffset(ZoneOffset.UTC);
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.sql(
            """
            INSERT INTO alert_history
              (rule_id, name, kind, severity, labels, from_state, to_state, alert_value, threshold,
               reason, since, changed_at)
            VALUES (:rule, :name, :kind, :severity, :labels, :from, :to, :value, :threshold,
               :reason, :since, :time)
            """)
        .param("rule", change.rule())
        .param("name", change.name())
        .param("kind", change.kind().text())
        .param("severity", change.severity())
        .param("labels", labels)
        .param("from", change.from().name())
        .param("to", change.to().name())
        .param("value", change.value())
        .param("threshold", change.threshold())
        .param("reason", change.reason())
        .param("since", since)
        .param("time", time)
        .update(key, "id");
    if (change.to() == AlertState.INACTIVE) {
      jdbc.sql("DELETE FROM alert_active WHERE rule_id = ? AND labels = ?")
          .params(change.rule(), labels)
          .update();
    } else {
      jdbc.sql(
              """
              MERGE INTO alert_active
                (rule_id, labels, state, severity, alert_value, threshold, reason, since, started_at,
                 clear_since, lower_since)
              KEY (rule_id, labels)
              VALUES (:rule, :labels, :to, :severity, :value, :threshold, :reason,
                CASE WHEN :from = :to THEN COALESCE((SELECT a.since FROM alert_active a
                  WHERE a.rule_id = :rule AND a.labels = :labels), :since) ELSE :since END,
                :started, NULL, NULL)
              """)
          .param("rule", change.rule())
          .param("labels", labels)
          .param("from", change.from().name())
          .param("to", change.to().name())
          .param("severity", change.severity())
          .param("value", change.value())
          .param("threshold", change.threshold())
          .param("reason", change.reason())
          .param("since", time)
          .param("started", since)
          .update();
    }
    return change.stored(Objects.requireNonNull(key.getKey()).longValue());
  }

  /** Receives a group of a rule that began to fire. */
  @FunctionalInterface
  interface FiredVisitor {

    void fired(String rule, Map<String, String> labels, Instant time);
  }

  /** Tells which alerts have fired since a time, the earliest first. */
  void fired(Instant since, FiredVisitor visitor) {
    jdbc.sql(
            """
            SELECT rule_id, labels, changed_at FROM alert_history
            WHERE to_state = 'FIRING' AND from_state <> 'FIRING' AND changed_at > ? ORDER BY id
            """)
        .param(since.atOffset(ZoneOffset.UTC))
        .query(
            (row) -> {
              visitor.fired(
                  row.getString("rule_id"),
                  LabelsJson.parse(row.getString("labels")),
                  instant(row, "changed_at"));
            });
  }

  /**
   * Changes, the latest first.
   *
   * @param rule the id of the rule whose changes are requested; null for all
   */
  List<AlertChange> history(@Nullable String rule, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM alert_history WHERE CAST(:rule AS VARCHAR) IS NULL OR rule_id = :rule"
                + " ORDER BY id DESC LIMIT :limit")
        .param("rule", rule)
        .param("limit", limit)
        .query(AlertStore::change)
        .list();
  }

  /** Changes with a larger sequence, the oldest first. */
  List<AlertChange> after(long sequence, int limit) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM alert_history WHERE id > ? ORDER BY id LIMIT ?")
        .params(sequence, limit)
        .query(AlertStore::change)
        .list();
  }

  /** The latest sequence; 0 if there is none. */
  long lastSequence() {
    return jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM alert_history").query(Long.class).single();
  }

  private static AlertChange change(ResultSet row, int number) throws SQLException {
    String rule = row.getString("rule_id");
    Map<String, String> labels = LabelsJson.parse(row.getString("labels"));
    return new AlertChange(
        row.getLong("id"),
        AlertIds.of(rule, labels),
        rule,
        row.getString("name"),
        RuleKind.of(row.getString("kind")).orElseThrow(),
        row.getString("severity"),
        labels,
        AlertState.valueOf(row.getString("from_state")),
        AlertState.valueOf(row.getString("to_state")),
        row.getDouble("alert_value"),
        row.getObject("threshold", Double.class),
        row.getString("reason"),
        instant(row, "since"),
        instant(row, "changed_at"));
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

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
