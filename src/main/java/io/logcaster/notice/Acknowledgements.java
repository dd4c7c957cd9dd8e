package io.logcaster.notice;

import io.logcaster.alert.AlertHandling.Acknowledgement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who has taken on which alerts, stored in the control database and cached in memory. One ends with
 * its alert. Thread-safe.
 */
@Repository
class Acknowledgements {

  private final JdbcClient jdbc;
  private final Map<Key, Acknowledgement> all = new ConcurrentHashMap<>();

  private record Key(String rule, Map<String, String> labels) {}

  Acknowledgements(JdbcClient jdbc) {
    this.jdbc = jdbc;
    reload();
  }

  /** Takes over what other nodes have changed. */
  synchronized void reload() {
    Map<Key, Acknowledgement> stored = new HashMap<>();
    jdbc.sql("SELECT rule_id, labels, author, note, acknowledged_at FROM alert_acknowledgement")
        .query(
            (row) -> {
              stored.put(
                  new Key(row.getString("rule_id"), StoredJson.labels(row.getString("labels"))),
                  new Acknowledgement(
                      row.getString("author"),
                      row.getString("note"),
                      row.getObject("acknowledged_at", OffsetDateTime.class).toInstant()));
            });
    all.keySet().retainAll(stored.keySet());
    all.putAll(stored);
  }

  @Nullable Acknowledgement find(String rule, Map<String, String> labels) {
    return all.isEmpty() ? null : all.get(new Key(rule, new TreeMap<>(labels)));
  }

  synchronized void put(String rule, Map<String, String> labels, Acknowledgement by) {
    jdbc.sql(
            """
            MERGE INTO alert_acknowledgement (rule_id, labels, author, note, acknowledged_at)
            KEY (rule_id, labels) VALUES (?, ?, ?, ?, ?)
            """)
        .params(
            rule,
            StoredJson.print(labels),
            by.author(),
            by.comment(),
            by.time().atOffset(ZoneOffset.UTC))
        .update();
    all.put(new Key(rule, new TreeMap<>(labels)), by);
  }

  /** Forgets one; returns false if there is none. */
  synchronized boolean remove(String rule, Map<String, String> labels) {
    if (all.remove(new Key(rule, new TreeMap<>(labels))) == null) {
      return false;
    }
    jdbc.sql("DELETE FROM alert_acknowledgement WHERE rule_id = ? AND labels = ?")
        .params(rule, StoredJson.print(labels))
        .update();
    return true;
  }
}
