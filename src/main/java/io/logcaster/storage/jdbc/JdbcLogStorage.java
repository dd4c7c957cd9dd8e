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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(JdbcLogStorage.class);

  private final DataSource source;
  private final Closeable pool;
  private final LongSupplier bytes;
  private final LongSupplier freeBytes;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;

  private final DeliveryTable deliveries;

  /** Of the writer thread alone. */
  private final BatchCodec codec = new BatchCodec();

  /** Held from before records are inserted or deleted until they are counted as such. */
  private final ReentrantLock counting = new ReentrantLock();

  private volatile boolean closed;
  private volatile Totals totals = Totals.NONE;

  /** What the table holds. */
  private record Totals(long records, long minTime, long maxTime) {

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

  private void readStats() throws IOException {
    counting.lock();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT SUM(records), MIN(min_time), MAX(max_time) FROM record_batches")) {
      row.next();
      long records = row.getLong(1);
      totals = (records > 0) ? new Totals(records, row.getLong(2), row.getLong(3)) : Totals.NONE;
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    } finally {
      counting.unlock();
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
      try {
        queue.drainTo(group, MAX_GROUP - 1);
        group.removeIf((pending) -> !admit(pending));
        store(group.stream().map(Pending::batch).toList());
        group.forEach((pending) -> pending.done().complete(null));
      } catch (SQLException | RuntimeException | Error ex) {
        // An error such as memory that runs short costs this group, not all that come after it.
        LOG.debug("A group could not be inserted", ex);
        deliveries.deliveries().withdraw();
        IOException failure = new IOException("The records could not be inserted: " + ex, ex);
        group.forEach((pending) -> pending.done().completeExceptionally(failure));
      }
      group.clear();
    }
  }

  private void store(List<RecordBatch> batches) throws SQLException {
    counting.lock();
    try {
      insert(batches);
      deliveries.commit(batches);
      for (RecordBatch batch : batches) {
        totals = totals.with(batch);
      }
    } finally {
      counting.unlock();
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
    Connection connection = source.getConnection();
    try {
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
      } catch (SQLException | RuntimeException | Error ex) {
        connection.rollback();
        throw ex;
      }
    } finally {
      giveBack(connection);
    }
  }

  /** What is committed stays so, also where this fails: nobody may hear that it was not stored. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ex) {
      LOG.warn("A connection to the record database could not be given back", ex);
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    try (Connection connection = source.getConnection()) {
      for (long id : batches(connection, request)) {
        if (request.cancelled().getAsBoolean()) {
          break;
        }
        RecordBatch batch = readable(connection, id, request);
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

  /**
   * A batch; null where it was deleted meanwhile, or is damaged, which the request's trace says.
   */
  private static @Nullable RecordBatch readable(Connection connection, long id, ScanRequest request)
      throws SQLException {
    try {
      return read(connection, id);
    } catch (IOException ex) {
      String place = "batch " + id + " of the record database: " + ex.getMessage();
      request.trace().damaged(place);
      LOG.error("Damage found: {}", place);
      return null;
    }
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
        RecordBatch batch = readable(connection, id, request);
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
    List<String> damage = request.trace().damage();
    if (!damage.isEmpty()) {
      throw new IOException(
          "%d records were deleted, but not from what is damaged: %s"
              .formatted(deleted, String.join("; ", damage)));
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
  public StorageStats stats() {
    Totals now = totals;
    return new StorageStats(
        now.records(),
        bytes.getAsLong(),
        freeBytes.getAsLong(),
        now.minTime(),
        now.maxTime(),
        false);
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
