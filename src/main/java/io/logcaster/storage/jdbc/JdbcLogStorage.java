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
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores batches in the table {@code record_batches} of an SQL database: H2 or PostgreSQL.
 *
 * <p>One thread writes: it takes all waiting batches, inserts them in one transaction and completes
 * their futures after the commit, so that senders share the cost of a commit. The database must
 * make a commit durable before it returns. A scan lists the batches of its time range and reads
 * them one by one, so that it holds little memory and no long locks.
 */
public final class JdbcLogStorage implements LogStorage {

  /** Batches that may wait for the writer; with more, {@link #append} blocks. */
  private static final int QUEUE = 64;

  /**
   * Batches in one transaction: enough to share the cost of a commit, few enough for short waits.
   */
  private static final int MAX_GROUP = 32;

  private record Pending(RecordBatch batch, CompletableFuture<Void> done) {}

  /** How old the figures of a shared database may be; own records are added at once. */
  private static final long FIGURES_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Logger LOG = LoggerFactory.getLogger(JdbcLogStorage.class);

  private final DataSource source;
  private final Closeable pool;
  private final LongSupplier bytes;
  private final LongSupplier freeBytes;
  private final boolean isShared;
  private final long figuresNanos;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;

  private final DeliveryTable deliveries;

  /** Used by the writer thread only. */
  private final BatchCodec codec = new BatchCodec();

  /** Held from before records are inserted or deleted until the totals include the change. */
  private final ReentrantLock counting = new ReentrantLock();

  private volatile boolean closed;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile long read;
  private volatile BatchTable.Totals totals = BatchTable.Totals.NONE;

  /**
   * Opens the storage.
   *
   * @param source connects to a database that has the table
   * @param pool closed last, with the storage
   * @param bytes the bytes that the database takes on disk
   * @param freeBytes the free bytes of its volume
   * @param isShared whether other servers may use the database, too
   */
  public JdbcLogStorage(
      DataSource source,
      Closeable pool,
      LongSupplier bytes,
      LongSupplier freeBytes,
      boolean isShared)
      throws IOException {
    this(source, pool, bytes, freeBytes, isShared, FIGURES_NANOS);
  }

  JdbcLogStorage(
      DataSource source,
      Closeable pool,
      LongSupplier bytes,
      LongSupplier freeBytes,
      boolean isShared,
      long figuresNanos)
      throws IOException {
    this.source = source;
    this.pool = pool;
    this.bytes = bytes;
    this.freeBytes = freeBytes;
    this.isShared = isShared;
    this.figuresNanos = figuresNanos;
    readStats();
    this.deliveries = readDeliveries();
    this.writer = LongLived.start("jdbc-storage", this::write);
  }

  private void readStats() throws IOException {
    counting.lock();
    try (Connection connection = source.getConnection()) {
      totals = BatchTable.totals(connection);
      read = System.nanoTime();
    } catch (SQLException ex) {
      throw new IOException("The record database could not be read: " + ex.getMessage(), ex);
    } finally {
      counting.unlock();
    }
  }

  private DeliveryTable readDeliveries() throws IOException {
    try (Connection connection = source.getConnection()) {
      return DeliveryTable.read(connection, isShared);
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
        continue; // closed: the waiting batches are still written
      }
      try {
        queue.drainTo(group, MAX_GROUP - 1);
        group.removeIf((pending) -> !admit(pending));
        store(group.stream().map(Pending::batch).toList());
        group.forEach((pending) -> pending.done().complete(null));
      } catch (SQLException | RuntimeException | Error ex) {
        // An error such as a lack of memory must fail this group only, not all later ones.
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
      try {
        BatchTable.insert(connection, codec, group);
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

  /** A failure here must not fail the append: the transaction is committed. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ex) {
      LOG.warn("A connection to the record database could not be returned to the pool", ex);
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    try (Connection connection = source.getConnection()) {
      for (long id : BatchTable.ids(connection, request)) {
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

  /**
   * Reads a batch; null if it was deleted meanwhile or is damaged. Damage is added to the request's
   * trace.
   */
  private static @Nullable RecordBatch readable(Connection connection, long id, ScanRequest request)
      throws SQLException {
    try {
      return BatchTable.read(connection, id);
    } catch (IOException ex) {
      String place = "batch " + id + " of the record database: " + ex.getMessage();
      request.trace().damaged(place);
      LOG.error("Damage found: {}", place);
      return null;
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    long deleted = 0;
    try (Connection connection = source.getConnection();
        BatchCodec rewriter = new BatchCodec()) {
      for (long id : BatchTable.ids(connection, request)) {
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
          "%d records were deleted, but none from damaged batches: %s"
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
      BatchTable.delete(connection, id);
    } else {
      BatchTable.update(connection, codec, id, batch.select(kept));
    }
  }

  @Override
  public long lastDelivery(String client) {
    if (!isShared) {
      return deliveries.deliveries().last(client);
    }
    counting.lock(); // the writer must not be between its transaction and what it remembers of it
    try (Connection connection = source.getConnection()) {
      return deliveries.last(connection, client);
    } catch (SQLException ex) {
      throw new UncheckedIOException(
          new IOException("The record database could not be read: " + ex.getMessage(), ex));
    } finally {
      counting.unlock();
    }
  }

  @Override
  public boolean isShared() {
    return isShared;
  }

  /** Looks, in the background, for what other servers stored and deleted. */
  private void renewStats() {
    if (closed || System.nanoTime() - read < figuresNanos || !reading.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual()
        .name("jdbc-figures")
        .start(
            () -> {
              try {
                readStats();
              } catch (IOException | RuntimeException ex) {
                LOG.debug("The figures of the record database could not be read", ex);
                read = System.nanoTime(); // the next attempt waits as well
              } finally {
                reading.set(false);
              }
            });
  }

  /** Figures that include all own records, and those of other servers after some seconds. */
  @Override
  public StorageStats stats() {
    if (isShared) {
      renewStats();
    }
    BatchTable.Totals now = totals;
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
