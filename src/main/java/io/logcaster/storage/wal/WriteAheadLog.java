package io.logcaster.storage.wal;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.StorageReadOnlyException;
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

  /** Before the log's thread tries again what failed. */
  private static final long PAUSE_MILLIS = 50;

  /** A batch that cannot be taken over is reported once a minute. */
  private static final int COMMITS_PER_REPORT = 1_200;

  /** A log that is closed tries a second more. */
  private static final int COMMITS_AT_CLOSE = 20;

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

    /**
     * A batch is durable. Where this throws, nothing of the batch was taken over, and it is called
     * again.
     */
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

  private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);

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
  private boolean closed;

  /**
   * The last sequence in each file that is not yet deleted, by file number. Guarded by the lock.
   */
  private final TreeMap<Long, Long> files = new TreeMap<>();

  // Of the writer thread alone.
  private final WalWriter file;
  private long unsyncedSince;
  private long nextSequence;

  /** Whether a batch could not be taken over; those behind it must not be either. */
  private boolean stuck;

  /**
   * Opens a log; it begins a new file.
   *
   * @param directory holds the files; exists
   * @param recovered what was found there
   */
  public WriteAheadLog(
      Path directory, Durability durability, WalRecovery recovered, Listener listener) {
    this(directory, durability, recovered, listener, WalWriter.FILE_BYTES);
  }

  /** As the other, with files of another size. */
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
    this.writer = LongLived.start("wal", this::write);
  }

  /**
   * Appends a batch; waits while the disk does not keep up.
   *
   * @return completes when the batch is durable, exceptionally when it could not be written, and
   *     then it is not in the log
   */
  public CompletableFuture<Void> append(RecordBatch batch) {
    Waiting entry;
    try {
      BatchCodec codec = codecs.poll();
      if (codec == null) {
        codec = new BatchCodec();
      }
      entry = new Waiting(batch, codec.encode(batch));
      codecs.add(codec);
    } catch (RuntimeException | Error ex) {
      // Such as memory that runs short: the batch is refused, and nobody's thread ends of it.
      return CompletableFuture.failedFuture(
          new IOException("A batch could not be encoded: " + ex, ex));
    }
    lock.lock();
    try {
      while (waitingBytes > 0 && waitingBytes + entry.encoded.end > MAX_WAITING_BYTES && !closed) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        return CompletableFuture.failedFuture(new IOException("The storage is closed"));
      }
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
    boolean open = true;
    while (open) {
      try {
        open = take(group);
        if (!group.isEmpty()) {
          store(group);
        }
        if (unsyncedSince != 0 && System.nanoTime() - unsyncedSince >= ASYNC_SYNC_NANOS) {
          syncLate();
        }
      } catch (RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        // All senders wait for this thread: whatever happens to it, it goes on.
        LOG.error("The write-ahead log met an error and goes on", ex);
        pause();
      }
    }
    syncLate();
    closeFile();
  }

  /** Writes a group and completes its futures; the group is empty then. */
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
    // What is durable is never reported failed, whatever happens from here on: its sender would
    // send it again, and it would be stored twice.
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
   * A batch that is durable. Where that fails, it is tried until it works. A log that is being
   * closed leaves it, and what follows it, to the next start.
   */
  private void commit(Waiting entry) {
    for (int attempt = 1; !stuck; attempt++) {
      try {
        listener.committed(entry.batch, entry.sequence);
        break;
      } catch (RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        if (attempt % COMMITS_PER_REPORT == 1) {
          LOG.error("A batch in the write-ahead log is taken over as soon as that works", ex);
        }
        stuck = attempt >= COMMITS_AT_CLOSE && isClosed();
        pause();
      }
    }
    entry.done.complete(null);
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException ex) {
      // Nobody interrupts this thread to end it.
    }
  }

  /** All that was written of the file counts, also where closing it fails. */
  private void closeFile() {
    try {
      file.close();
    } catch (IOException ex) {
      LOG.warn("A file of the write-ahead log could not be closed; all of it is on disk", ex);
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
      LOG.error("Acknowledged records may not survive a power failure: the sync failed", ex);
      closeFile();
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
      entry.sequence = nextSequence + i;
      WalFormat.putFrameHeader(
          encoded.frame, encoded.end, entry.sequence, encoded.rawLength, file.synced(), entry.mark);
      frames[2 * i] = ByteBuffer.wrap(encoded.frame, 0, encoded.end);
      frames[2 * i + 1] = ByteBuffer.wrap(entry.mark);
    }
    lock.lock();
    try {
      // Before it is written: a file that is deleted later than it could be does no harm.
      files.put(file.number(), group.getLast().sequence);
    } finally {
      lock.unlock();
    }
    file.write(frames, durability == Durability.SYNC);
    nextSequence += group.size();
    if (durability == Durability.ASYNC && unsyncedSince == 0) {
      unsyncedSince = System.nanoTime();
    }
  }

  /** Cuts off what may have been written of a group that failed, and goes on in a new file. */
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

  /** Deletes the files whose frames are all in segments. */
  public void release(long upToSequence) throws IOException {
    List<Long> done = new ArrayList<>();
    boolean empty;
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
      empty = closed && files.isEmpty();
    } finally {
      lock.unlock();
    }
    if (empty) {
      // Before the files: without them it would tell of a loss.
      WalFormat.deleteMarks(directory, Long.MAX_VALUE);
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
