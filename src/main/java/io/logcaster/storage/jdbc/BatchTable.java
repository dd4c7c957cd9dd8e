package io.logcaster.storage.jdbc;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.wal.BatchCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code record_batches}, which has one row a batch. */
final class BatchTable {

  private static final String INSERT =
      "INSERT INTO record_batches (min_time, max_time, records, body) VALUES (?, ?, ?, ?)";

  private static final String TOTALS =
      "SELECT SUM(records), MIN(min_time), MAX(max_time) FROM record_batches";

  private static final String IDS =
      "SELECT id FROM record_batches WHERE max_time >= ? AND min_time <= ? ORDER BY ";

  private static final String BODY = "SELECT body FROM record_batches WHERE id = ?";

  private static final String DELETE = "DELETE FROM record_batches WHERE id = ?";

  private static final String UPDATE =
      "UPDATE record_batches SET min_time = ?, max_time = ?, records = ?, body = ? WHERE id = ?";

  private BatchTable() {}

  /**
   * What the table holds.
   *
   * @param minTime {@link Long#MAX_VALUE} when empty
   * @param maxTime {@link Long#MIN_VALUE} when empty
   */
  record Totals(long records, long minTime, long maxTime) {

    static final Totals NONE = new Totals(0, Long.MAX_VALUE, Long.MIN_VALUE);

    Totals with(RecordBatch batch) {
      return (batch.size() == 0)
          ? this
          : new Totals(
              records + batch.size(),
              Math.min(minTime, batch.minTime()),
              Math.max(maxTime, batch.maxTime()));
    }
  }

  static Totals totals(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TOTALS)) {
      row.next();
      long records = row.getLong(1);
      return (records > 0) ? new Totals(records, row.getLong(2), row.getLong(3)) : Totals.NONE;
    }
  }

  /** Inserts the batches that have rows. */
  static void insert(Connection connection, BatchCodec codec, List<RecordBatch> batches)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (RecordBatch batch : batches) {
        if (batch.size() > 0) {
          setColumns(insert, codec, batch);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void setColumns(PreparedStatement statement, BatchCodec codec, RecordBatch batch)
      throws SQLException {
    statement.setLong(1, batch.minTime());
    statement.setLong(2, batch.maxTime());
    statement.setInt(3, batch.size());
    statement.setBytes(4, codec.toBytes(batch));
  }

  /** The ids of the batches that meet the time range of a request, in its order. */
  static long[] ids(Connection connection, ScanRequest request) throws SQLException {
    String order =
        switch (request.order()) {
          case ANY -> "id";
          case OLDEST_FIRST -> "min_time, id";
          case NEWEST_FIRST -> "max_time DESC, id DESC";
        };
    LongStream.Builder ids = LongStream.builder();
    try (PreparedStatement select = connection.prepareStatement(IDS + order)) {
      select.setLong(1, request.minTime());
      select.setLong(2, request.maxTime());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids.build().toArray();
  }

  /**
   * Reads a batch; null if it was deleted meanwhile.
   *
   * @throws IOException if it is damaged
   */
  static @Nullable RecordBatch read(Connection connection, long id)
      throws SQLException, IOException {
    try (PreparedStatement select = connection.prepareStatement(BODY)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? BatchCodec.fromBytes(row.getBytes(1)) : null;
      }
    }
  }

  static void delete(Connection connection, long id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** Replaces a batch. */
  static void update(Connection connection, BatchCodec codec, long id, RecordBatch batch)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      setColumns(update, codec, batch);
      update.setLong(5, id);
      update.executeUpdate();
    }
  }
}
