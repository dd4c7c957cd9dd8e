package io.logcaster.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.SenderNumbers.State;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  DeliveryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
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

  /** All senders, the one silent for longest first. */
  List<Saved> all() {
    return jdbc.sql("SELECT * FROM delivery_sender ORDER BY last_seen")
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
            MERGE INTO delivery_sender (protocol, name, first_seen, last_seen, first_number,
              last_number, received, records, repeated, restarts, gaps, closed_gaps, open)
            KEY (protocol, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, TRUE)
            """)
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
      jdbc.sql("DELETE FROM delivery_sender WHERE protocol = ? AND name = ?")
          .param(sender.protocol().name())
          .param(sender.name())
          .update();
    }
  }

  /** Notes that the server stops in order, so nothing was stored after the last save. */
  void close() {
    jdbc.sql("UPDATE delivery_sender SET open = FALSE WHERE open").update();
  }
}
