package io.logcaster.dashboard;

import io.logcaster.dashboard.Dashboard.Panel;
import io.logcaster.query.QueryUses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The dashboards in the control database. Thread-safe. */
@Repository
class DashboardStore implements QueryUses {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String SELECT = "SELECT id, version, body FROM dashboard ";

  private final JdbcClient jdbc;

  DashboardStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All dashboards by name. */
  List<Dashboard> all() {
    return jdbc.sql(SELECT + "ORDER BY LOWER(name), id").query(DashboardStore::dashboard).list();
  }

  @Override
  public List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    for (Dashboard dashboard : all()) {
      List<Panel> panels = (dashboard.panels() == null) ? List.of() : dashboard.panels();
      for (Panel panel : panels) {
        if (panel.query() != null) {
          String query = DashboardCheck.PLACEHOLDER.matcher(panel.query()).replaceAll("*");
          uses.add(new Use(Kind.DASHBOARD, name(dashboard), query, 0, null));
        }
      }
    }
    return uses;
  }

  Optional<Dashboard> find(String id) {
    return jdbc.sql(SELECT + "WHERE id = ?").param(id).query(DashboardStore::dashboard).optional();
  }

  private static Dashboard dashboard(ResultSet row, int number) throws SQLException {
    return JSON.readValue(row.getString("body"), Dashboard.class)
        .with(row.getString("id"), row.getLong("version"), false);
  }

  /** Adds a dashboard; its first version is 1. */
  Dashboard add(String id, Dashboard dashboard) {
    Dashboard added = dashboard.with(id, 1, false);
    jdbc.sql("INSERT INTO dashboard (id, name, version, body) VALUES (?, ?, ?, ?)")
        .params(List.of(id, name(added), 1L, JSON.writeValueAsString(added)))
        .update();
    return added;
  }

  /** Replaces a dashboard that still has a version; empty if it has changed or is gone. */
  Optional<Dashboard> replace(String id, long version, Dashboard dashboard) {
    Dashboard replaced = dashboard.with(id, version + 1, false);
    int rows =
        jdbc.sql(
                "UPDATE dashboard SET name = ?, version = ?, body = ? WHERE id = ? AND version = ?")
            .params(
                List.of(
                    name(replaced), version + 1, JSON.writeValueAsString(replaced), id, version))
            .update();
    return rows == 0 ? Optional.empty() : Optional.of(replaced);
  }

  private static String name(Dashboard dashboard) {
    return dashboard.name() == null ? "" : dashboard.name();
  }

  /** Deletes a dashboard; returns false if there is none. */
  boolean delete(String id) {
    return jdbc.sql("DELETE FROM dashboard WHERE id = ?").param(id).update() > 0;
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM dashboard").query(Integer.class).single();
  }
}
