package io.logcaster.storage.jdbc;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.wal.BatchCodec;
import io.logcaster.work.LongLived;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps batches in the table {@code record_batches} of an SQL database, H2 by default.
 *
 * <p>One thread writes: it takes all batches that wait, inserts them in one transaction and
 * completes them when that is committed, so that senders share the cost of a commit. The database
 * must make a commit durable before it returns. A scan lists the batches of its time range and
 * reads one after the other, so that it holds little memory and never a lock for long.
 */
public final class JdbcLogStorage implements LogStorage {

  /** Batches that may wait for the writer; more make {@link #append} wait. */
  private static final int QUEUE = 64;

  /** Batches in one transaction: enough to spread a commit thin, few enough to answer soon. */
  private static final int MAX_GROUP = 32;

  private static final String INSERT =
      "INSERT INTO record_batches (min_time, max_time, records, body) VALUES (?, ?, ?, ?)";

  private record Pending(RecordBatch batch, CompletableFuture<Void> done) {}

  private final DataSource source;
  private final Closeable pool;
  private final LongSupplier bytes;
  private final LongSupplier freeBytes;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;

  private final DeliveryTable deliveries;

  /** Of the writer thread alone. */
  private final BatchCodec codec = new BatchCodec();

  private volatile boolean closed;
  private long records;
  private long minTime;
  private long maxTime;

  /**
   * Opens the storage.
   *
   * @param source gives connections to a database that has the table
   * @param pool closed with the storage, the last thing it does
   * @param bytes how much the database takes on disk
   * @param freeBytes how much room its volume has
   */
  public JdbcLogStorage(
      DataSource source, Closeable pool, LongSupplier bytes, LongSupplier freeBytes)
      throws IOException {
    this.source = source;
    this.pool = pool;
    this.bytes = bytes;
    this.freeBytes = freeBytes;
    readStats();
    this.deliveries = readDeliveries();
    this.writer = LongLived.start("jdbc-storage", this::write);
  }

  private synchronized void readStats() throws IOException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT SUM(records), MIN(min_time), MAX(max_time) FROM record_batches")) {
      row.next();
      records = row.getLong(1);
      minTime = (records > 0) ? row.getLong(2) : Long.MAX_VALUE;
      maxTime = (records > 0) ? row.getLong(3) : Long.MIN_VALUE;
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    }
  }

  private DeliveryTable readDeliveries() throws IOException {
    try (Connection connection = source.getConnection()) {
      return DeliveryTable.read(connection);
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    }
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    if (batch.size() == 0 && batch.mark() == null) {
      return CompletableFuture.completedFuture(null);
    }
    Pending pending = new Pending(batch, new CompletableFuture<>());
    try {
      queue.put(pending);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(new IOException("Interrupted while waiting", ex));
    }
    if (closed && queue.remove(pending)) {
      pending.done().completeExceptionally(new IOException("The storage is closed"));
    }
    return pending.done();
  }

  private void write() {
    List<Pending> group = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        group.add(queue.take());
      } catch (InterruptedException ex) {
        continue; // closed: what waits is still written
      }
      queue.drainTo(group, MAX_GROUP - 1);
      try {
        group.removeIf((pending) -> !admit(pending));
        List<RecordBatch> batches = group.stream().map(Pending::batch).toList();
        insert(batches);
        deliveries.commit(batches);
        count(batches);
        group.forEach((pending) -> pending.done().complete(null));
      } catch (SQLException | RuntimeException ex) {
        deliveries.deliveries().withdraw();
        IOException failure =
            new IOException("The records could not be inserted: " + ex.getMessage(), ex);
        group.forEach((pending) -> pending.done().completeExceptionally(failure));
      }
      group.clear();
    }
  }

  private boolean admit(Pending pending) {
    try {
      deliveries.deliveries().admit(pending.batch());
      return true;
    } catch (IOException ex) {
      pending.done().completeExceptionally(ex);
      return false;
    }
  }

  private void insert(List<RecordBatch> group) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (RecordBatch batch : group) {
          if (batch.size() == 0) {
            continue;
          }
          insert.setLong(1, batch.minTime());
          insert.setLong(2, batch.maxTime());
          insert.setInt(3, batch.size());
          insert.setBytes(4, codec.toBytes(batch));
          insert.addBatch();
        }
        insert.executeBatch();
        deliveries.write(connection, group);
        connection.commit();
      } catch (SQLException | RuntimeException ex) {
        connection.rollback();
        throw ex;
      }
    }
  }

  private synchronized void count(List<RecordBatch> group) {
    for (RecordBatch batch : group) {
      if (batch.size() == 0) {
        continue;
      }
      records += batch.size();
      minTime = Math.min(minTime, batch.minTime());
      maxTime = Math.max(maxTime, batch.maxTime());
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    try (Connection connection = source.getConnection()) {
      for (long id : batches(connection, request)) {
        if (request.cancelled().getAsBoolean()) {
          break;
        }
        RecordBatch batch = read(connection, id);
        if (batch == null || !request.filter().mayMatch(BlockSummary.of(batch))) {
          continue;
        }
        Bitmap rows = request.select(batch);
        if (!rows.isEmpty() && !consumer.accept(batch, rows, 0)) {
          break;
        }
      }
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    }
    consumer.end();
  }

  /** The batches that meet a time range, in the order asked for. */
  private static long[] batches(Connection connection, ScanRequest request) throws SQLException {
    String order =
        switch (request.order()) {
          case ANY -> "id";
          case OLDEST_FIRST -> "min_time, id";
          case NEWEST_FIRST -> "max_time DESC, id DESC";
        };
    LongStream.Builder ids = LongStream.builder();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM record_batches WHERE max_time >= ? AND min_time <= ? ORDER BY "
                + order)) {
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

  /** A batch; null where it was deleted meanwhile. */
  private static @Nullable RecordBatch read(Connection connection, long id)
      throws SQLException, IOException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT body FROM record_batches WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? BatchCodec.fromBytes(row.getBytes(1)) : null;
      }
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    long deleted = 0;
    try (Connection connection = source.getConnection();
        BatchCodec rewriter = new BatchCodec()) {
      for (long id : batches(connection, request)) {
        RecordBatch batch = read(connection, id);
        if (batch != null) {
          Bitmap doomed = request.select(batch);
          deleted += doomed.cardinality();
          rewrite(connection, rewriter, id, batch, doomed);
        }
      }
    } catch (SQLException ex) {
      throw new IOException("The records could not be deleted: " + ex.getMessage(), ex);
    } finally {
      readStats();
    }
    return deleted;
  }

  private static void rewrite(
      Connection connection, BatchCodec codec, long id, RecordBatch batch, Bitmap doomed)
      throws SQLException {
    if (doomed.isEmpty()) {
      return;
    }
    Bitmap kept = Bitmap.all(batch.size());
    kept.andNot(doomed);
    if (kept.isEmpty()) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM record_batches WHERE id = ?")) {
        delete.setLong(1, id);
        delete.executeUpdate();
      }
      return;
    }
    RecordBatch rest = batch.select(kept);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE record_batches SET min_time = ?, max_time = ?, records = ?, body = ?"
                + " WHERE id = ?")) {
      update.setLong(1, rest.minTime());
      update.setLong(2, rest.maxTime());
      update.setInt(3, rest.size());
      update.setBytes(4, codec.toBytes(rest));
      update.setLong(5, id);
      update.executeUpdate();
    }
  }

  @Override
  public long lastDelivery(String client) {
    return deliveries.deliveries().last(client);
  }

  @Override
  public synchronized StorageStats stats() {
    return new StorageStats(
        records, bytes.getAsLong(), freeBytes.getAsLong(), minTime, maxTime, false);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    writer.interrupt();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    @Nullable Pending late;
    while ((late = queue.poll()) != null) {
      late.done().completeExceptionally(new IOException("The storage is closed"));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    codec.close();
    pool.close();
  }
}
