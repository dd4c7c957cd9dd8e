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

/** The table of last deliveries. Only the storage's writer thread writes it. */
final class DeliveryTable {

  private final Deliveries deliveries = new Deliveries();

  /** Clients that are no longer in memory but still in the table. */
  private final List<String> forgotten = new ArrayList<>();

  private long seen;

  private DeliveryTable() {}

  static DeliveryTable read(Connection connection) throws SQLException {
    DeliveryTable table = new DeliveryTable();
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
