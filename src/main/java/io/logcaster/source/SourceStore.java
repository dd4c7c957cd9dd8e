package io.logcaster.source;

import io.logcaster.nodes.NodeRows;
import io.logcaster.source.Sources.Changes;
import io.logcaster.source.Sources.SourceState;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The sources in the control database. Thread-safe. */
@Repository
class SourceStore {

  private static final int BATCH = 500;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final NodeRows rows;

  SourceStore(JdbcTemplate jdbc, TransactionTemplate transaction, NodeRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.transaction = transaction;
  }

  /**
   * All sources of this node, the one silent for longest first.
   *
   * @param now the rows of nodes that are away for long are removed
   */
  List<Source> all(Instant now) {
    if (rows.areShared()) {
      // Rows without a node are of a version that did not divide them: the first to come takes
      // them.
      jdbc.update("UPDATE log_source SET node = ? WHERE node = ''", rows.key());
      jdbc.update(
          "DELETE FROM log_source WHERE node <> ? AND node NOT IN"
              + " (SELECT node FROM log_source WHERE last_seen >= ?)",
          rows.key(),
          now.minus(Duration.ofDays(NodeRows.KEPT_DAYS)).toEpochMilli());
    }
    return jdbc.query(
        "SELECT * FROM log_source WHERE node = ? ORDER BY last_seen",
        (row, number) ->
            new SourceState(
                    new SourceKey(row.getString("host"), row.getString("app")),
                    row.getLong("first_seen"),
                    row.getLong("last_seen"),
                    row.getLong("records"),
                    row.getDouble("rate"),
                    row.getDouble("error_rate"),
                    row.getString("rhythm"))
                .source(),
        rows.key());
  }

  /** Saves changes, all or none. */
  void save(Changes changes) {
    transaction.executeWithoutResult(
        (status) -> {
          jdbc.batchUpdate(
              """
              MERGE INTO log_source
                (node, host, app, first_seen, last_seen, records, rate, error_rate, rhythm)
              KEY (node, host, app) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
              changes.changed(),
              BATCH,
              (PreparedStatement row, SourceState state) -> {
                row.setString(1, rows.key());
                row.setString(2, state.key().host());
                row.setString(3, state.key().app());
                row.setLong(4, state.firstSeen());
                row.setLong(5, state.lastSeen());
                row.setLong(6, state.records());
                row.setDouble(7, state.rate());
                row.setDouble(8, state.errorRate());
                row.setString(9, state.rhythm());
              });
          jdbc.batchUpdate(
              "DELETE FROM log_source WHERE node = ? AND host = ? AND app = ?",
              changes.gone(),
              BATCH,
              (PreparedStatement row, SourceKey key) -> {
                row.setString(1, rows.key());
                row.setString(2, key.host());
                row.setString(3, key.app());
              });
        });
  }
}
