package io.logcaster.source;

import io.logcaster.source.Sources.Changes;
import io.logcaster.source.Sources.SourceState;
import java.sql.PreparedStatement;
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

  SourceStore(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** All sources, the one silent for longest first. */
  List<Source> all() {
    return jdbc.query(
        "SELECT * FROM log_source ORDER BY last_seen",
        (row, number) ->
            new SourceState(
                    new SourceKey(row.getString("host"), row.getString("app")),
                    row.getLong("first_seen"),
                    row.getLong("last_seen"),
                    row.getLong("records"),
                    row.getDouble("rate"),
                    row.getDouble("error_rate"),
                    row.getString("rhythm"))
                .source());
  }

  /** Saves changes, all or none. */
  void save(Changes changes) {
    transaction.executeWithoutResult(
        (status) -> {
          jdbc.batchUpdate(
              """
              MERGE INTO log_source
                (host, app, first_seen, last_seen, records, rate, error_rate, rhythm)
              KEY (host, app) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              """,
              changes.changed(),
              BATCH,
              (PreparedStatement row, SourceState state) -> {
                row.setString(1, state.key().host());
                row.setString(2, state.key().app());
                row.setLong(3, state.firstSeen());
                row.setLong(4, state.lastSeen());
                row.setLong(5, state.records());
                row.setDouble(6, state.rate());
                row.setDouble(7, state.errorRate());
                row.setString(8, state.rhythm());
              });
          jdbc.batchUpdate(
              "DELETE FROM log_source WHERE host = ? AND app = ?",
              changes.gone(),
              BATCH,
              (PreparedStatement row, SourceKey key) -> {
                row.setString(1, key.host());
                row.setString(2, key.app());
              });
        });
  }
}
