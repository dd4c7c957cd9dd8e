package io.logcaster.storage.wal;

import io.logcaster.record.RecordBatch;
import io.logcaster.work.LastResort;
import io.logcaster.work.LongLived;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes batches durable. Callers encode their batches themselves, in parallel; one thread writes
 * whatever waits with one write and one sync, so that while the disk works on one group of frames
 * the next one gathers (group commit).
 *
 * <p>The listener hears of each batch, in sequence, after it is durable and before its future
 * completes.
 */
public final class WriteAheadLog implements Closeable {

  /**
   * Bytes of frames that may wait for the disk: a few times what one sync takes along at full load.
   */
  private static final long MAX_WAITING_BYTES = 16 << 20;

  /**
   * How long acknowledged frames may be without sync where the durability is {@link
   * Durability#ASYNC}.
   */
  private static final long ASYNC_SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Hears of durable batches, on the log's thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Returns when there is room for more batches; waiting holds the log back. Asked before a group
     * is written, so that nothing that is durable waits for its acknowledgement.
     *
     * @throws IOException if there is none and none is to be expected soon; the group is refused
     */
    default void ready() throws IOException {}

    /**
     * Lets a batch into the log, or says why not; asked in the order of the sequences, just before
     * the batch is written.
     *
     * @throws IOException if the batch is refused; its future completes with that
     */
    default void admit(RecordBatch batch) throws IOException {}

    /** The batches that were admitted since the last one was committed could not be written. */
    default void failed() {}

    /** A batch is durable. */
    void committed(RecordBatch batch, long sequence);
  }

  private static final class Waiting {

    final RecordBatch batch;
    final BatchCodec.Encoded encoded;
    final byte[] mark;
    final CompletableFuture<Void> done = new CompletableFuture<>();
    long sequence;

    Waiting(RecordBatch batch, BatchCodec.Encoded encoded) {
      this.batch = batch;
      this.encoded = encoded;
      this.mark = WalFormat.mark(batch);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(WriteAheadLog.class);

  private final Path directory;
  private final Durability durability;
  private final Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<BatchCodec> codecs = new ConcurrentLinkedQueue<>();
  private final Thread writer;
  private long waitingBytes;
  private long nextSequence;
  private boolean closed;

  /**
   * The last sequence in each file that is not yet deleted, by file number. Guarded by the lock.
   */
  private final TreeMap<Long, Long> files = new TreeMap<>();

  // Of the writer thread alone.
  private final WalWriter file;
  private long unsyncedSince;

  /**
   * Opens a log; it begins a new file.
   *
   * @param directory holds the files; exists
   * @param recovered what was found there
   */
  public WriteAheadLog(
      Path directory, Durability durability, WalRecovery recovered, Listener listener) {
    this.directory = directory;
    this.durability = durability;
    this.listener = listener;
    this.files.putAll(recovered.files());
    this.nextSequence = recovered.lastSequence() + 1;
    this.file =
        new WalWriter(directory, files.isEmpty() ? 0 : files.lastKey(), recovered.lastLength());
    this.writer = LongLived.start("wal", this::write);
  }

  /**
   * Appends a batch; waits while the disk does not keep up.
   *
   * @return completes when the batch is durable, exceptionally when it could not be written, and
   *     then it is not in the log
   */
  public CompletableFuture<Void> append(RecordBatch batch) {
    BatchCodec codec = codecs.poll();
    if (codec == null) {
      codec = new BatchCodec();
    }
    Waiting entry = new Waiting(batch, codec.encode(batch));
    codecs.add(codec);
    lock.lock();
    try {
      while (waitingBytes > 0 && waitingBytes + entry.encoded.end > MAX_WAITING_BYTES && !closed) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        return CompletableFuture.failedFuture(new IOException("The storage is closed"));
      }
      entry.sequence = nextSequence++;
      waiting.addLast(entry);
      waitingBytes += entry.encoded.end;
      filled.signal();
    } finally {
      lock.unlock();
    }
    return entry.done;
  }

  private void write() {
    List<Waiting> group = new ArrayList<>();
    while (take(group)) {
      try {
        if (!group.isEmpty()) {
          listener.ready();
          group.removeIf((entry) -> !admit(entry));
          if (!group.isEmpty()) {
            writeGroup(group);
          }
        }
      } catch (IOException | RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        fail(group, ex);
        group.clear();
      }
      group.forEach(this::commit);
      group.clear();
      if (unsyncedSince != 0 && System.nanoTime() - unsyncedSince >= ASYNC_SYNC_NANOS) {
        syncLate();
      }
    }
    syncLate();
    try {
      file.close();
    } catch (IOException ex) {
      log.warn("The write-ahead log could not be closed; all of it is on disk", ex);
    }
  }

  private boolean admit(Waiting entry) {
    try {
      listener.admit(entry.batch);
      return true;
    } catch (IOException ex) {
      entry.done.completeExceptionally(ex);
      return false;
    }
  }

  /** A batch that is durable. An error here must not end the thread that all senders wait for. */
  private void commit(Waiting entry) {
    try {
      listener.committed(entry.batch, entry.sequence);
      entry.done.complete(null);
    } catch (RuntimeException | Error ex) {
      LastResort.endIfFatal(ex);
      entry.done.completeExceptionally(
          new IOException("A batch in the write-ahead log could not be taken over: " + ex, ex));
    }
  }

  /**
   * Syncs what was acknowledged before, where the durability is {@link Durability#ASYNC}. What a
   * failed sync leaves is unknown, so the next frames go to a new file.
   */
  private void syncLate() {
    if (unsyncedSince == 0) {
      return;
    }
    unsyncedSince = 0;
    try {
      file.sync();
    } catch (IOException ex) {
      log.error("Acknowledged records may not survive a power failure: the sync failed", ex);
      try {
        file.close();
      } catch (IOException closing) {
        log.warn("The write-ahead log could not be closed", closing);
      }
    }
  }

  /** Takes all that waits; false when the log is closed and drained. */
  private boolean take(List<Waiting> group) {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (closed) {
          return false;
        }
        if (unsyncedSince != 0) {
          long left = unsyncedSince + ASYNC_SYNC_NANOS - System.nanoTime();
          if (left <= 0 || filled.awaitNanos(left) <= 0) {
            return true;
          }
        } else {
          filled.await();
        }
      }
      group.addAll(waiting);
      waiting.clear();
      waitingBytes = 0;
      room.signalAll();
      return true;
    } catch (InterruptedException ex) {
      // Nobody interrupts this thread to end it; it ends when the log is closed.
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void writeGroup(List<Waiting> group) throws IOException {
    file.begin();
    ByteBuffer[] frames = new ByteBuffer[group.size() * 2];
    for (int i = 0; i < group.size(); i++) {
      Waiting entry = group.get(i);
      BatchCodec.Encoded encoded = entry.encoded;
      WalFormat.putFrameHeader(
          encoded.frame, encoded.end, entry.sequence, encoded.rawLength, file.synced(), entry.mark);
      frames[2 * i] = ByteBuffer.wrap(encoded.frame, 0, encoded.end);
      frames[2 * i + 1] = ByteBuffer.wrap(entry.mark);
    }
    file.write(frames, durability == Durability.SYNC);
    if (durability == Durability.ASYNC && unsyncedSince == 0) {
      unsyncedSince = System.nanoTime();
    }
    lock.lock();
    try {
      files.put(file.number(), group.getLast().sequence);
    } finally {
      lock.unlock();
    }
    if (file.isFull()) {
      syncLate();
      file.close();
    }
  }

  /** Cuts off what may have been written of a group that failed, and goes on in a new file. */
  private void fail(List<Waiting> group, Throwable failure) {
    listener.failed();
    file.abandon(failure);
    for (Waiting entry : group) {
      entry.done.completeExceptionally(
          new IOException(
              "The write-ahead log could not be written: " + failure.getMessage(), failure));
    }
  }

  /** Deletes the files whose frames are all in segments. */
  public void release(long upToSequence) throws IOException {
    List<Long> done = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Map.Entry<Long, Long>> entries = files.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Long, Long> file = entries.next();
        if (file.getValue() <= upToSequence && file.getKey() < fileNumberInUse()) {
          done.add(file.getKey());
          entries.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    for (long number : done) {
      Files.deleteIfExists(directory.resolve(WalFormat.fileName(number)));
    }
  }

  /** The newest file may still be written to. */
  private long fileNumberInUse() {
    return closed ? Long.MAX_VALUE : files.isEmpty() ? 0 : files.lastKey();
  }

  /** Makes what waits durable and closes the file. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    for (BatchCodec codec = codecs.poll(); codec != null; codec = codecs.poll()) {
      codec.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
