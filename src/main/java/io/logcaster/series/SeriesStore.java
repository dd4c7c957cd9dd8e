package io.logcaster.series;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The queries of series in the control database. Thread-safe. */
@Repository
class SeriesStore {

  private final JdbcClient jdbc;

  SeriesStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All definitions by name. */
  List<SeriesDefinition> all() {
    return jdbc.sql("SELECT * FROM series_definition ORDER BY name")
        .query((row, number) -> definition(row))
        .list();
  }

  private static SeriesDefinition definition(ResultSet row) throws SQLException {
    return new SeriesDefinition(
        row.getString("id"),
        row.getString("name"),
        row.getString("query"),
        row.getLong("step_ms"),
        Instant.ofEpochMilli(row.getLong("created_ms")));
  }

  /** Adds a definition or replaces the one with its id. */
  void put(SeriesDefinition definition) {
    jdbc.sql(
            "MERGE INTO series_definition (id, name, query, step_ms, created_ms) KEY (id)"
                + " VALUES (?, ?, ?, ?, ?)")
        .params(
            definition.id(),
            definition.name(),
            definition.query(),
            definition.stepMillis(),
            definition.created().toEpochMilli())
        .update();
  }

  void delete(String id) {
    jdbc.sql("DELETE FROM series_definition WHERE id = ?").param(id).update();
  }
}
