package io.logcaster.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The saved searches in the control database. Thread-safe. */
@Repository
class SearchStore implements QueryUses {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;

  SearchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All searches by name. */
  List<SavedSearch> all() {
    return jdbc.sql(
            "SELECT id, name, query, time_range, columns FROM saved_search ORDER BY LOWER(name),"
                + " id")
        .query(SearchStore::search)
        .list();
  }

  @Override
  public List<Use> uses() {
    return all().stream()
        .map(
            (search) ->
                new Use(
                    Kind.SEARCH,
                    String.valueOf(search.name()),
                    String.valueOf(search.query()),
                    0,
                    null))
        .toList();
  }

  Optional<SavedSearch> find(String id) {
    return jdbc.sql("SELECT id, name, query, time_range, columns FROM saved_search WHERE id = ?")
        .param(id)
        .query(SearchStore::search)
        .optional();
  }

  private static SavedSearch search(ResultSet row, int number) throws SQLException {
    return new SavedSearch(
        row.getString("id"),
        row.getString("name"),
        row.getString("query"),
        row.getString("time_range"),
        columns(row.getString("columns")));
  }

  private static @Nullable List<String> columns(@Nullable String json) {
    return (json == null) ? null : JSON.readValue(json, new TypeReference<List<String>>() {});
  }

  void add(SavedSearch search) {
    jdbc.sql(
            "INSERT INTO saved_search (id, name, query, time_range, columns) VALUES (?, ?, ?, ?,"
                + " ?)")
        .params(
            Arrays.asList(search.id(), search.name(), search.query(), search.range(), json(search)))
        .update();
  }

  /** Replaces the search with the same id; returns false if there is none. */
  boolean replace(SavedSearch search) {
    return jdbc.sql(
                "UPDATE saved_search SET name = ?, query = ?, time_range = ?, columns = ? WHERE id"
                    + " = ?")
            .params(
                Arrays.asList(
                    search.name(), search.query(), search.range(), json(search), search.id()))
            .update()
        > 0;
  }

  /** Deletes a search; returns false if there is none. */
  boolean delete(String id) {
    return jdbc.sql("DELETE FROM saved_search WHERE id = ?").param(id).update() > 0;
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM saved_search").query(Integer.class).single();
  }

  private static @Nullable String json(SavedSearch search) {
    return (search.columns() == null) ? null : JSON.writeValueAsString(search.columns());
  }
}
