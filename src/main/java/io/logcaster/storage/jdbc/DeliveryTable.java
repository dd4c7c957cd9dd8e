package io.logcaster.storage.jdbc;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Deliveries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of last deliveries. Only the storage's writer thread writes it. In a shared table a
 * mark is written only over the one that this server knows, so that of two servers with the same
 * client one fails.
 */
final class DeliveryTable {

  private final Deliveries deliveries = new Deliveries();

  /** Clients that are no longer in memory but still in the table. */
  private final List<String> forgotten = new ArrayList<>();

  private long seen;

  private final boolean isShared;

  private DeliveryTable(boolean isShared) {
    this.isShared = isShared;
  }

  /**
   * Reads the table.
   *
   * @param isShared whether other servers write it, too
   */
  static DeliveryTable read(Connection connection, boolean isShared) throws SQLException {
    DeliveryTable table = new DeliveryTable(isShared);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT client, last_sequence, seen FROM deliveries ORDER BY seen")) {
      while (row.next()) {
        table.forget(table.deliveries.put(row.getString(1), row.getLong(2)));
        table.seen = row.getLong(3);
      }
    }
    return table;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /**
   * The last delivery of a client in a shared table, which another server may have written. No
   * transaction of this server may be open.
   */
  long last(Connection connection, String client) throws SQLException {
    if (forgotten.contains(client)) {
      return -1; // its row goes with the next transaction
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT last_sequence FROM deliveries WHERE client = ?")) {
      select.setString(1, client);
      try (ResultSet row = select.executeQuery()) {
        long known = deliveries.last(client);
        if (!row.next() || row.getLong(1) == known) {
          return known;
        }
        deliveries.put(client, row.getLong(1)); // what it displaces stays in the table
        return row.getLong(1);
      }
    }
  }

  private void forget(@Nullable String client) {
    if (client != null) {
      forgotten.add(client);
    }
  }

  /** Writes the marks of batches in the transaction of their records. */
  void write(Connection connection, List<RecordBatch> batches) throws SQLException {
    Map<String, Long> last = new LinkedHashMap<>();
    for (RecordBatch batch : batches) {
      DeliveryMark mark = batch.mark();
      if (mark != null) {
        last.remove(mark.client());
        last.put(mark.client(), mark.sequence());
      }
    }
    if (last.isEmpty()) {
      return;
    }
    if (isShared) {
      writeShared(connection, last);
      return;
    }
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM deliveries WHERE client = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO deliveries (client, last_sequence, seen) VALUES (?, ?, ?)")) {
      for (String client : forgotten) {
        delete.setString(1, client);
        delete.addBatch();
      }
      for (Map.Entry<String, Long> entry : last.entrySet()) {
        delete.setString(1, entry.getKey());
        delete.addBatch();
        insert.setString(1, entry.getKey());
        insert.setLong(2, entry.getValue());
        insert.setLong(3, ++seen);
        insert.addBatch();
      }
      delete.executeBatch();
      insert.executeBatch();
    }
  }

  /**
   * Writes marks over those that are known. A row that is not there was forgotten, or never
   * written; then inserting it fails if another server does so.
   */
  private void writeShared(Connection connection, Map<String, Long> last) throws SQLException {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE deliveries SET last_sequence = ?, seen = ?"
                    + " WHERE client = ? AND last_sequence = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO deliveries (client, last_sequence, seen) VALUES (?, ?, ?)")) {
      for (String client : forgotten) {
        try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM deliveries WHERE client = ?")) {
          delete.setString(1, client);
          delete.executeUpdate();
        }
      }
      for (Map.Entry<String, Long> entry : last.entrySet()) {
        update.setLong(1, entry.getValue());
        update.setLong(2, ++seen);
        update.setString(3, entry.getKey());
        update.setLong(4, deliveries.last(entry.getKey()));
        if (update.executeUpdate() == 0) {
          insert.setString(1, entry.getKey());
          insert.setLong(2, entry.getValue());
          insert.setLong(3, seen);
          insert.executeUpdate();
        }
      }
    }
  }

  /** Takes the marks over into memory after the transaction was committed. */
  void commit(List<RecordBatch> batches) {
    if (batches.stream().allMatch((batch) -> batch.mark() == null)) {
      return;
    }
    forgotten.clear();
    for (RecordBatch batch : batches) {
      forget(deliveries.commit(batch));
    }
  }
}
