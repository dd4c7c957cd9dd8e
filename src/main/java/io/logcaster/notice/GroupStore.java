package io.logcaster.notice;

import io.logcaster.notice.route.GroupState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores what has been told about groups of alerts. Thread-safe. */
final class GroupStore {

  private final JdbcClient jdbc;

  GroupStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<GroupState> all() {
    return jdbc.sql("SELECT body FROM notice_group ORDER BY id")
        .query(
            (row, number) -> StoredJson.MAPPER.readValue(row.getString("body"), GroupState.class))
        .list();
  }

  /** Stores a group, or forgets it if there is nothing to remember. */
  void put(String key, @Nullable GroupState state) {
    if (state == null) {
      jdbc.sql("DELETE FROM notice_group WHERE id = ?").param(key).update();
    } else {
      jdbc.sql("MERGE INTO notice_group (id, body) KEY (id) VALUES (?, ?)")
          .params(key, StoredJson.MAPPER.writeValueAsString(state))
          .update();
    }
  }
}
