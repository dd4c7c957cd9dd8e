package io.logcaster.storage.jdbc;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageStats;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in the table {@code records} of an SQL database, H2 by default.
 *
 * <p>One thread writes: it takes all batches that wait, inserts them in one transaction and
 * completes them when that is committed, so that senders share the cost of a commit. The database
 * must make a commit durable before it returns. Scans read pages by key, so that they hold little
 * memory and never a lock for long.
 */
public final class JdbcLogStorage implements LogStorage {

  /** Batches that may wait for the writer; more make {@link #append} wait. */
  private static final int QUEUE = 64;

  /** Batches in one transaction: enough to spread a commit thin, few enough to answer soon. */
  private static final int MAX_GROUP = 16;

  /** Rows read at a time: as many as a full batch has. */
  private static final int PAGE = RecordBatchBuilder.MAX_RECORDS;

  private static final String INSERT =
      "INSERT INTO records (" + RowCodec.COLUMNS + ") VALUES (?, ?, ?, ?, ?)";

  private record Pending(RecordBatch batch, CompletableFuture<Void> done) {}

  private final DataSource source;
  private final Closeable pool;
  private final LongSupplier bytes;
  private final LongSupplier freeBytes;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;
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
    this.writer = Thread.ofPlatform().name("jdbc-storage").daemon().start(this::write);
  }

  private synchronized void readStats() throws IOException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT COUNT(*), MIN(time_ns), MAX(time_ns) FROM records")) {
      row.next();
      records = row.getLong(1);
      minTime = (records > 0) ? row.getLong(2) : Long.MAX_VALUE;
      maxTime = (records > 0) ? row.getLong(3) : Long.MIN_VALUE;
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    }
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    if (batch.size() == 0) {
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
        insert(group);
        count(group);
        group.forEach((pending) -> pending.done().complete(null));
      } catch (SQLException | RuntimeException ex) {
        IOException failure =
            new IOException("The records could not be inserted: " + ex.getMessage(), ex);
        group.forEach((pending) -> pending.done().completeExceptionally(failure));
      }
      group.clear();
    }
  }

  private void insert(List<Pending> group) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Pending pending : group) {
          RecordBatch batch = pending.batch();
          List<Column> fields = batch.fieldNames().stream().map(batch::column).toList();
          for (int row = 0; row < batch.size(); row++) {
            RowCodec.write(batch, row, fields, insert);
            insert.addBatch();
          }
          insert.executeBatch();
        }
        connection.commit();
      } catch (SQLException | RuntimeException ex) {
        connection.rollback();
        throw ex;
      }
    }
  }

  private synchronized void count(List<Pending> group) {
    for (Pending pending : group) {
      RecordBatch batch = pending.batch();
      records += batch.size();
      minTime = Math.min(minTime, batch.minTime());
      maxTime = Math.max(maxTime, batch.maxTime());
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    try (Connection connection = source.getConnection()) {
      Pages pages = new Pages(connection, request);
      while (!request.cancelled().getAsBoolean() && pages.next()) {
        for (RecordBatch batch : pages.batches()) {
          Bitmap rows = request.select(batch);
          if (!rows.isEmpty() && !consumer.accept(batch, rows, 0)) {
            return;
          }
        }
      }
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    long deleted = 0;
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      Pages pages = new Pages(connection, request.inOrder(ScanRequest.Order.ANY));
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM records WHERE id = ?")) {
        while (pages.next()) {
          for (int i = 0; i < pages.batches().size(); i++) {
            Bitmap rows = request.select(pages.batches().get(i));
            for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
              delete.setLong(1, pages.ids(i)[row]);
              delete.addBatch();
              deleted++;
            }
          }
          delete.executeBatch();
          connection.commit();
        }
      } catch (SQLException | RuntimeException ex) {
        connection.rollback();
        throw ex;
      }
    } catch (SQLException ex) {
      throw new IOException("The records could not be deleted: " + ex.getMessage(), ex);
    } finally {
      readStats();
    }
    return deleted;
  }

  /**
   * Reads the rows of a time range page by page, each page after the last key of the one before.
   */
  private static final class Pages {

    private final Connection connection;
    private final ScanRequest request;
    private final Map<String, RecordBatchBuilder> builders = new HashMap<>();
    private final List<RecordBatch> batches = new ArrayList<>();
    private final List<long[]> ids = new ArrayList<>();
    private boolean begun;
    private boolean ended;
    private long lastTime;
    private long lastId;

    Pages(Connection connection, ScanRequest request) {
      this.connection = connection;
      this.request = request;
    }

    /** Reads a page; false when there is none. */
    boolean next() throws SQLException {
      batches.clear();
      ids.clear();
      if (ended) {
        return false;
      }
      Map<String, List<Long>> idsByStream = new HashMap<>();
      int rows = 0;
      try (PreparedStatement select = prepare();
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows++;
          lastId = row.getLong(1);
          lastTime = row.getLong(2);
          String streamFields = row.getString(4);
          idsByStream.computeIfAbsent(streamFields, (key) -> new ArrayList<>()).add(lastId);
          RowCodec.read(row, 2, builder(streamFields));
        }
      }
      begun = true;
      ended = rows < PAGE;
      idsByStream.forEach(
          (streamFields, list) -> {
            batches.add(builder(streamFields).build());
            ids.add(list.stream().mapToLong(Long::longValue).toArray());
          });
      return rows > 0;
    }

    private RecordBatchBuilder builder(String streamFields) {
      return builders.computeIfAbsent(
          streamFields, (names) -> RecordBatch.builder(RowCodec.streamFields(names)));
    }

    private PreparedStatement prepare() throws SQLException {
      String columns =
          "SELECT id, " + RowCodec.COLUMNS + " FROM records WHERE time_ns BETWEEN ? AND ?";
      String after =
          switch (request.order()) {
            case ANY -> " AND id > ? ORDER BY id";
            case OLDEST_FIRST ->
                " AND (time_ns > ? OR time_ns = ? AND id > ?) ORDER BY time_ns, id";
            case NEWEST_FIRST ->
                " AND (time_ns < ? OR time_ns = ? AND id < ?) ORDER BY time_ns DESC, id DESC";
          };
      boolean newest = request.order() == ScanRequest.Order.NEWEST_FIRST;
      long min = request.minTime();
      long max = request.maxTime();
      if (begun && newest) {
        max = Math.min(max, lastTime);
      } else if (begun && request.order() == ScanRequest.Order.OLDEST_FIRST) {
        min = Math.max(min, lastTime);
      }
      long key = begun ? lastId : newest ? Long.MAX_VALUE : Long.MIN_VALUE;
      long time = begun ? lastTime : newest ? Long.MAX_VALUE : Long.MIN_VALUE;
      PreparedStatement select = connection.prepareStatement(columns + after + " LIMIT " + PAGE);
      select.setLong(1, min);
      select.setLong(2, max);
      if (request.order() == ScanRequest.Order.ANY) {
        select.setLong(3, key);
      } else {
        select.setLong(3, time);
        select.setLong(4, time);
        select.setLong(5, key);
      }
      return select;
    }

    List<RecordBatch> batches() {
      return batches;
    }

    long[] ids(int batch) {
      return ids.get(batch);
    }
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
    pool.close();
  }
}
