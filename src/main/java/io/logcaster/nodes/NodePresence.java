package io.logcaster.nodes;

import io.logcaster.nodes.Nodes.Node;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How nodes that share a control database find each other: each writes a row and renews it. Times
 * are those of the database, so that the clocks of nodes need not agree. Thread-safe.
 */
public final class NodePresence {

  /** How often a node renews its row. */
  public static final Duration BEAT = Duration.ofSeconds(5);

  /** A node whose row is older is away. */
  static final Duration PATIENCE = BEAT.multipliedBy(3);

  /** Nodes that are away for longer are forgotten: machines that were replaced do not come back. */
  static final Duration MEMORY = Duration.ofHours(1);

  private final @Nullable JdbcClient jdbc;
  private final String id;

  /**
   * @param jdbc the shared database; null where there is only this node
   * @param id identifies this process
   */
  public NodePresence(@Nullable JdbcClient jdbc, String id) {
    this.jdbc = jdbc;
    this.id = id;
  }

  /**
   * What a node has told of itself.
   *
   * @param id identifies its process
   * @param address where it answers; null if it has not said so
   * @param status its status as JSON
   * @param seen when it told this
   * @param isAway whether that was too long ago
   */
  public record Row(
      String id, String name, @Nullable URI address, String status, Instant seen, boolean isAway) {

    /** As a node that can be asked; null without an address. */
    @Nullable Node node() {
      return (address == null) ? null : new Node(address);
    }
  }

  /** Whether other nodes could be found. */
  public boolean isShared() {
    return jdbc != null;
  }

  /** Tells the others of this node. */
  public void tell(String name, @Nullable URI address, String status) {
    if (jdbc == null) {
      return;
    }
    String url = (address == null) ? "" : address.toString();
    int known =
        jdbc.sql(
                "UPDATE node_presence SET name = ?, url = ?, status = ?, seen = CURRENT_TIMESTAMP"
                    + " WHERE id = ?")
            .params(name, url, status, id)
            .update();
    if (known == 0) {
      jdbc.sql("DELETE FROM node_presence WHERE name = ?").param(name).update();
      jdbc.sql(
              "INSERT INTO node_presence (id, name, url, status, seen)"
                  + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)")
          .params(id, name, url, status)
          .update();
    }
  }

  /** The other nodes, ordered by their names. */
  public List<Row> others() {
    if (jdbc == null) {
      return List.of();
    }
    return jdbc.sql(
            "SELECT id, name, url, status, seen, CURRENT_TIMESTAMP AS present"
                + " FROM node_presence WHERE id <> ? ORDER BY name, id")
        .param(id)
        .query(NodePresence::row)
        .list();
  }

  /** Takes this node from the list. */
  public void leave() {
    if (jdbc != null) {
      jdbc.sql("DELETE FROM node_presence WHERE id = ?").param(id).update();
    }
  }

  /** Forgets the nodes that are away for long. */
  public void forgetLost() {
    if (jdbc != null) {
      jdbc.sql(
              "DELETE FROM node_presence WHERE seen < CURRENT_TIMESTAMP - INTERVAL '%d' MINUTE"
                  .formatted(MEMORY.toMinutes()))
          .update();
    }
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    Instant seen = row.getObject("seen", OffsetDateTime.class).toInstant();
    Instant present = row.getObject("present", OffsetDateTime.class).toInstant();
    String url = row.getString("url");
    return new Row(
        row.getString("id"),
        row.getString("name"),
        url.isEmpty() ? null : URI.create(url),
        row.getString("status"),
        seen,
        seen.plus(PATIENCE).isBefore(present));
  }
}
