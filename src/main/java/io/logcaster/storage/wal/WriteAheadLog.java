package io.logcaster.storage.wal;

import io.logcaster.record.PackedBatch;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.wal.WaitingBatches.Waiting;
import io.logcaster.work.LastResort;
import io.logcaster.work.LongLived;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes batches durable. Callers encode their batches in parallel; one thread writes all waiting
 * batches with one write and one sync, and meanwhile the next group gathers (group commit).
 *
 * <p>The listener receives each batch, in sequence, after it is durable and before its future
 * completes.
 */
public final class WriteAheadLog implements Closeable {

  /**
   * How long acknowledged frames may stay unsynced with the durability {@link Durability#ASYNC}.
   */
  private static final long ASYNC_SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The pause before the log's thread retries what failed. */
  private static final long PAUSE_MILLIS = 50;

  /** A batch that the listener does not take is reported once a minute. */
  private static final int COMMITS_PER_REPORT = 1_200;

  /** A log that is being closed retries for one second. */
  private static final int COMMITS_AT_CLOSE = 20;

  /** Receives batches on the log's thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Returns when there is room for more batches; blocking it blocks the log. Called before a
     * group is written, so that no durable batch waits for its acknowledgement.
     *
     * @throws IOException if there is no room and none is expected soon; the group is refused
     */
    default void ready() throws IOException {}

    /**
     * Accepts or refuses a batch; called in sequence, just before the batch is written.
     *
     * @throws IOException if the batch is refused; its future fails with this
     */
    default void admit(RecordBatch batch) throws IOException {}

    /** The batches admitted since the last commit could not be written. */
    default void failed() {}

    /**
     * Takes a durable batch. If this throws, nothing of the batch may have been taken; it is called
     * again.
     */
    void committed(RecordBatch batch, long sequence);
  }

  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

  private final Path directory;
  private final Durability durability;
  private final Listener listener;
  private final WaitingBatches waiting = new WaitingBatches();
  private final ConcurrentLinkedQueue<BatchCodec> codecs = new ConcurrentLinkedQueue<>();
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();

  /**
   * The last sequence in each file that is not yet deleted, by file number. Guarded by the lock.
   */
  private final TreeMap<Long, Long> files = new TreeMap<>();

  // Used by the writer thread only.
  private final WalWriter file;
  private long unsyncedSince;
  private long nextSequence;

  private volatile WalFollower.Head head;

  /** Whether the listener failed for a batch; it must not get later ones then. */
  private boolean stuck;

  /**
   * Opens a log, which begins a new file.
   *
   * @param directory holds the files; must exist
   * @param recovered the result of the recovery
   */
  public WriteAheadLog(
      Path directory, Durability durability, WalRecovery recovered, Listener listener) {
    this(directory, durability, recovered, listener, WalWriter.FILE_BYTES);
  }

  /** A log with files of another size. */
  WriteAheadLog(
      Path directory,
      Durability durability,
      WalRecovery recovered,
      Listener listener,
      long fileBytes) {
    this.directory = directory;
    this.durability = durability;
    this.listener = listener;
    this.files.putAll(recovered.files());
    this.nextSequence = recovered.lastSequence() + 1;
    this.file =
        new WalWriter(
            directory, files.isEmpty() ? 0 : files.lastKey(), recovered.lastLength(), fileBytes);
    this.head =
        new WalFollower.Head(file.number(), recovered.lastLength(), recovered.lastSequence());
    this.writer = LongLived.start("wal", this::write);
  }

  /**
   * Appends a batch; blocks while too much waits for the disk.
   *
   * @return completes when the batch is durable; fails if it could not be written, and then it is
   *     not in the log
   */
  public CompletableFuture<Void> append(RecordBatch batch) {
    PackedBatch packed = batch.takePacked();
    Waiting entry;
    try {
      entry = new Waiting(batch, (packed == null) ? encode(batch) : BatchCodec.frame(packed));
    } catch (RuntimeException | Error ex) {
      // A lack of memory, for example, must refuse the batch and not end the caller's thread.
      return CompletableFuture.failedFuture(
          new IOException("A batch could not be encoded: " + ex, ex));
    }
    try {
      waiting.add(entry);
    } catch (IOException ex) {
      return CompletableFuture.failedFuture(ex);
    }
    return entry.done;
  }

  private BatchCodec.Encoded encode(RecordBatch batch) {
    BatchCodec codec = codecs.poll();
    if (codec == null) {
      codec = new BatchCodec();
    }
    BatchCodec.Encoded encoded = codec.encode(batch);
    codecs.add(codec);
    return encoded;
  }

  private void write() {
    List<Waiting> group = new ArrayList<>();
    boolean open = true;
    while (open) {
      try {
        open = waiting.take(group, (unsyncedSince != 0) ? unsyncedSince + ASYNC_SYNC_NANOS : 0);
        if (!group.isEmpty()) {
          store(group);
        }
        if (unsyncedSince != 0 && System.nanoTime() - unsyncedSince >= ASYNC_SYNC_NANOS) {
          syncLate();
        }
      } catch (RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        // All senders wait for this thread, so it must survive every failure.
        LOG.error("The write-ahead log met an error and continues", ex);
        pause();
      }
    }
    syncLate();
    closeFile();
  }

  /** Writes a group, completes its futures and clears it. */
  private void store(List<Waiting> group) {
    try {
      listener.ready();
      group.removeIf((entry) -> !admit(entry));
      if (!group.isEmpty()) {
        writeGroup(group);
      }
    } catch (IOException | RuntimeException | Error ex) {
      LastResort.endIfFatal(ex);
      fail(group, ex);
      group.clear();
      return;
    }
    // From here on the batches are durable and must not be reported as failed: their senders would
    // send them again, and they would be stored twice.
    group.forEach(this::commit);
    group.clear();
    if (file.isFull()) {
      syncLate();
      closeFile();
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

  /**
   * Passes a durable batch to the listener, and retries until that works. A log that is being
   * closed gives up after a while: recovery passes on this batch and later ones at the next start.
   */
  private void commit(Waiting entry) {
    for (int attempt = 1; !stuck; attempt++) {
      try {
        listener.committed(entry.batch, entry.sequence);
        break;
      } catch (RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        if (attempt % COMMITS_PER_REPORT == 1) {
          LOG.error("A batch in the write-ahead log could not be made searchable; retrying", ex);
        }
        stuck = attempt >= COMMITS_AT_CLOSE && waiting.isClosed();
        pause();
      }
    }
    entry.done.complete(null);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException ex) {
      // An interrupt does not end this thread; closing the log does.
    }
  }

  /** Closes the current file; what was written to it is valid even if this fails. */
  private void closeFile() {
    try {
      file.close();
    } catch (IOException ex) {
      LOG.warn("A file of the write-ahead log could not be closed; all of it is on disk", ex);
    }
  }

  /**
   * Syncs what was acknowledged before, with the durability {@link Durability#ASYNC}. After a
   * failed sync the state of the file is unknown, so the next frames go to a new one.
   */
  private void syncLate() {
    if (unsyncedSince == 0) {
      return;
    }
    unsyncedSince = 0;
    try {
      file.sync();
    } catch (IOException ex) {
      LOG.error("Acknowledged records may not survive a power failure: the sync failed", ex);
      closeFile();
    }
  }

  private void writeGroup(List<Waiting> group) throws IOException {
    file.begin();
    ByteBuffer[] frames = new ByteBuffer[group.size() * 2];
    for (int i = 0; i < group.size(); i++) {
      Waiting entry = group.get(i);
      BatchCodec.Encoded encoded = entry.encoded;
      entry.sequence = nextSequence + i;
      WalFormat.putFrameHeader(
          encoded.frame, encoded.end, entry.sequence, encoded.rawLength, file.synced(), entry.mark);
      frames[2 * i] = ByteBuffer.wrap(encoded.frame, 0, encoded.end);
      frames[2 * i + 1] = ByteBuffer.wrap(entry.mark);
    }
    lock.lock();
    try {
      // Before writing: deleting a file too late does no harm.
      files.put(file.number(), group.getLast().sequence);
    } finally {
      lock.unlock();
    }
    file.write(frames, durability == Durability.SYNC);
    nextSequence += group.size();
    head = new WalFollower.Head(file.number(), file.length(), nextSequence - 1);
    if (durability == Durability.ASYNC && unsyncedSince == 0) {
      unsyncedSince = System.nanoTime();
    }
  }

  /** Cuts off what was written of a failed group; the next one begins a new file. */
  private void fail(List<Waiting> group, Throwable failure) {
    listener.failed();
    file.abandon(failure);
    String text = "The write-ahead log could not be written: " + failure.getMessage();
    IOException reason =
        StorageReadOnlyException.isFor(failure)
            ? new StorageReadOnlyException(text, failure)
            : new IOException(text, failure);
    group.forEach((entry) -> entry.done.completeExceptionally(reason));
  }

  /** The sequence of the last durable batch; -1 if there was never one. */
  public long head() {
    return head.sequence();
  }

  /** Reads the batches after a sequence, as far as their files exist. */
  public BatchLog.Cursor follow(long after) {
    return new WalFollower(directory, after, () -> head);
  }

  /** Deletes the files whose frames are all in segments, up to a sequence. */
  public void release(long upToSequence) throws IOException {
    List<Long> done = new ArrayList<>();
    boolean empty;
    boolean closed = waiting.isClosed();
    lock.lock();
    try {
      Iterator<Map.Entry<Long, Long>> entries = files.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Long, Long> file = entries.next();
        if (file.getValue() <= upToSequence && file.getKey() < newest(closed)) {
          done.add(file.getKey());
          entries.remove();
        }
      }
      empty = closed && files.isEmpty();
    } finally {
      lock.unlock();
    }
    if (empty) {
      // Before the files: marks without files would look like a loss.
      WalFormat.deleteMarks(directory, Long.MAX_VALUE);
    }
    for (long number : done) {
      Files.deleteIfExists(directory.resolve(WalFormat.fileName(number)));
    }
  }

  /** The number of the newest file, which may still be written to; beyond all of a closed log. */
  private long newest(boolean closed) {
    return closed ? Long.MAX_VALUE : files.isEmpty() ? 0 : files.lastKey();
  }

  /** Makes waiting batches durable and closes the file. */
  @Override
  public void close() throws IOException {
    waiting.close();
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
