package io.logcaster.alert.rule;

import io.logcaster.alert.condition.KnownGroups;
import io.logcaster.alert.state.LabelsJson;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the groups that rules of kind {@code absence} watch in the control database. */
@Repository
class KnownGroupStore implements KnownGroups {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  KnownGroupStore(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public List<Group> of(String rule, String query) {
    Optional<String> known =
        jdbc.sql("SELECT query FROM alert_watch WHERE rule_id = ?")
            .param(rule)
            .query(String.class)
            .optional();
    if (known.isEmpty() || !known.get().equals(query)) {
      return List.of();
    }
    return jdbc.sql("SELECT labels, last_seen FROM alert_known_group WHERE rule_id = ?")
        .param(rule)
        .query(
            (row, number) ->
                new Group(
                    LabelsJson.parse(row.getString("labels")),
                    row.getObject("last_seen", OffsetDateTime.class).toInstant()))
        .list();
  }

  @Override
  public void begin(String rule, String query, List<Group> groups) {
    transaction.executeWithoutResult(
        (status) -> {
          jdbc.sql("DELETE FROM alert_known_group WHERE rule_id = ?").param(rule).update();
          jdbc.sql("MERGE INTO alert_watch (rule_id, query) KEY (rule_id) VALUES (?, ?)")
              .params(rule, query)
              .update();
          groups.forEach((group) -> put(rule, group));
        });
  }

  @Override
  public void put(String rule, List<Group> groups) {
    if (!groups.isEmpty()) {
      transaction.executeWithoutResult((status) -> groups.forEach((group) -> put(rule, group)));
    }
  }

  private void put(String rule, Group group) {
    jdbc.sql(
            """
            MERGE INTO alert_known_group (rule_id, labels, last_seen) KEY (rule_id, labels)
            VALUES (?, ?, ?)
            """)
        .params(rule, LabelsJson.print(group.labels()), group.lastSeen().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  public void remove(String rule, List<Map<String, String>> labels) {
    for (Map<String, String> group : labels) {
      jdbc.sql("DELETE FROM alert_known_group WHERE rule_id = ? AND labels = ?")
          .params(rule, LabelsJson.print(group))
          .update();
    }
  }
}
