package io.logcaster.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the deletions in the control database. Thread-safe. */
@Repository
class DeleteTaskStore {

  private static final String COLUMNS =
      "id, query, min_time, max_time, state, deleted, done, total, created, started, finished,"
          + " error";

  private final JdbcClient jdbc;

  DeleteTaskStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All tasks, the oldest first. */
  List<DeleteTask> all() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM delete_task ORDER BY created, id")
        .query(DeleteTaskStore::task)
        .list();
  }

  private static DeleteTask task(ResultSet row, int number) throws SQLException {
    return new DeleteTask(
        row.getString("id"),
        row.getString("query"),
        row.getLong("min_time"),
        row.getLong("max_time"),
        DeleteTask.State.valueOf(row.getString("state")),
        row.getLong("deleted"),
        row.getInt("done"),
        row.getInt("total"),
        Instant.ofEpochMilli(row.getLong("created")),
        instant(row, "started"),
        instant(row, "finished"),
        row.getString("error"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return (instant == null) ? null : instant.toEpochMilli();
  }

  /** Adds a task, or replaces the one with its id. */
  void put(DeleteTask task) {
    jdbc.sql("MERGE INTO delete_task (" + COLUMNS + ") KEY (id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")
        .param(task.id())
        .param(task.query())
        .param(task.minTime())
        .param(task.maxTime())
        .param(task.state().name())
        .param(task.deleted())
        .param(task.done())
        .param(task.total())
        .param(task.created().toEpochMilli())
        .param(millis(task.started()))
        .param(millis(task.finished()))
        .param(task.error())
        .update();
  }

  void delete(String id) {
    jdbc.sql("DELETE FROM delete_task WHERE id = ?").param(id).update();
  }
}
