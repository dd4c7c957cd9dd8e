package io.logcaster.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.SenderNumbers.State;
import io.logcaster.nodes.NodeRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The numbers of senders in the control database. A change is on disk when a method returns. */
@Component
class DeliveryStore {

  private static final JsonMapper JSON = new JsonMapper();

  private static final TypeReference<List<StoredGap>> GAPS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final NodeRows rows;

  DeliveryStore(JdbcClient jdbc, NodeRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /**
   * A sender as it was last saved.
   *
   * @param open whether the server was not stopped after it
   */
  record Saved(State state, boolean open) {}

  /** Times in milliseconds since the epoch, with short names because a row holds many gaps. */
  record StoredGap(
      @JsonProperty("f") long from,
      @JsonProperty("t") long to,
      @JsonProperty("n") long count,
      @JsonProperty("a") long after,
      @JsonProperty("b") long before,
      @JsonProperty("x") long found,
      @JsonProperty("v") boolean verified) {

    static StoredGap of(Gap gap) {
      return new StoredGap(
          gap.from(),
          gap.to(),
          gap.count(),
          gap.after().toEpochMilli(),
          gap.before().toEpochMilli(),
          gap.found().toEpochMilli(),
          gap.verified());
    }

    Gap gap() {
      return new Gap(
          from,
          to,
          count,
          Instant.ofEpochMilli(after),
          Instant.ofEpochMilli(before),
          Instant.ofEpochMilli(found),
          verified);
    }
  }

  /**
   * All senders of this node, the one silent for longest first.
   *
   * @param now the rows of nodes that are away for long are removed
   */
  List<Saved> all(Instant now) {
    if (rows.areShared()) {
      // Rows without a node are of a version that did not divide them: the first to come takes
      // them.
      jdbc.sql("UPDATE delivery_sender SET node = ? WHERE node = ''").param(rows.key()).update();
      jdbc.sql(
              "DELETE FROM delivery_sender WHERE node <> ? AND node NOT IN"
                  + " (SELECT node FROM delivery_sender WHERE last_seen >= ?)")
          .param(rows.key())
          .param(now.minus(Duration.ofDays(NodeRows.KEPT_DAYS)).toEpochMilli())
          .update();
    }
    return jdbc.sql("SELECT * FROM delivery_sender WHERE node = ? ORDER BY last_seen")
        .param(rows.key())
        .query((row, number) -> saved(row))
        .list();
  }

  private static Saved saved(ResultSet row) throws SQLException {
    return new Saved(
        new State(
            new SenderId(Protocol.valueOf(row.getString("protocol")), row.getString("name")),
            Instant.ofEpochMilli(row.getLong("first_seen")),
            Instant.ofEpochMilli(row.getLong("last_seen")),
            row.getLong("first_number"),
            row.getLong("last_number"),
            row.getLong("received"),
            row.getLong("records"),
            row.getLong("repeated"),
            row.getInt("restarts"),
            gaps(row.getString("gaps")),
            gaps(row.getString("closed_gaps"))),
        row.getBoolean("open"));
  }

  private static List<Gap> gaps(String json) {
    return JSON.readValue(json, GAPS).stream().map(StoredGap::gap).toList();
  }

  private static String json(List<Gap> gaps) {
    return JSON.writeValueAsString(gaps.stream().map(StoredGap::of).toList());
  }

  void save(State state) {
    jdbc.sql(
            """
            MERGE INTO delivery_sender (node, protocol, name, first_seen, last_seen, first_number,
              last_number, received, records, repeated, restarts, gaps, closed_gaps, open)
            KEY (node, protocol, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)
            """)
        .param(rows.key())
        .param(state.id().protocol().name())
        .param(state.id().name())
        .param(state.firstSeen().toEpochMilli())
        .param(state.lastSeen().toEpochMilli())
        .param(state.first())
        .param(state.last())
        .param(state.received())
        .param(state.records())
        .param(state.repeated())
        .param(state.restarts())
        .param(json(state.gaps()))
        .param(json(state.closed()))
        .update();
  }

  void delete(Collection<SenderId> senders) {
    for (SenderId sender : senders) {
      jdbc.sql("DELETE FROM delivery_sender WHERE node = ? AND protocol = ? AND name = ?")
          .param(rows.key())
          .param(sender.protocol().name())
          .param(sender.name())
          .update();
    }
  }

  /** Notes that the server stops in order, so nothing was stored after the last save. */
  void close() {
    jdbc.sql("UPDATE delivery_sender SET open = FALSE WHERE open AND node = ?")
        .param(rows.key())
        .update();
  }
}
