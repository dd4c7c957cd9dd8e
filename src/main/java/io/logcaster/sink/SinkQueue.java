package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.wal.BatchCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a sink: files on disk, bounded by bytes. Batches are added at one end and read at
 * the other, and a file is deleted when all of it was acknowledged. It also remembers up to where
 * the write-ahead log is in it. Thread-safe; there is one reader.
 */
final class SinkQueue implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(SinkQueue.class);

  /** Of a new queue: {@code data}, {@code sinks}, the sink's own, {@code queue}. */
  private static final int LEVELS = 4;

  private final Clock clock;
  private final BatchCodec codec = new BatchCodec();
  private final QueueState state;

  /** Held while a batch is encoded and added, so that batches keep their order. */
  private final ReentrantLock adding = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();

  // All of these are guarded by the lock.
  private final QueueFiles files;
  private long maxBytes;
  private Place read;
  private long fed;
  private long syncedFed;
  private long queued;
  private long replayFrom;
  private long replayTo;
  private boolean dirty;
  private boolean closed;

  /**
   * A place between two records.
   *
   * @param file the number of the file
   * @param offset where its frame begins
   * @param row how many rows of the frame lie before it
   * @param position how many records lie before it, since the sink was created
   */
  record Place(long file, long offset, int row, long position) {}

  private SinkQueue(
      QueueFiles files, QueueState state, QueueState.Values values, long maxBytes, Clock clock) {
    this.files = files;
    this.state = state;
    this.maxBytes = maxBytes;
    this.clock = clock;
    long last = values.fed();
    long count = values.position();
    for (QueueFile.Frame frame : files.lastFrames()) {
      last = Math.max(last, frame.sequence());
      count = Math.max(count, frame.first() + frame.rows());
    }
    this.fed = last;
    this.syncedFed = values.fed();
    this.dirty = last > values.fed(); // what the last process wrote may not be synced
    this.queued = count;
    this.replayFrom = values.replayFrom();
    this.replayTo = values.replayTo();
    QueueFile file = files.get(values.file());
    boolean wasCut = file != null && values.offset() > file.size();
    // What a power failure cut off had been delivered. It comes again from the log.
    this.read =
        new Place(
            values.file(),
            (wasCut && file != null) ? file.size() : values.offset(),
            wasCut ? 0 : values.row(),
            values.position());
  }

  /**
   * Opens a queue, or creates it.
   *
   * @param beginning the sequence of the write-ahead log after which a new queue begins
   */
  static SinkQueue open(Path directory, long maxBytes, long beginning, Clock clock)
      throws IOException {
    boolean isNew = !Files.exists(directory.resolve("state"));
    Files.createDirectories(directory);
    QueueState state = QueueState.open(directory.resolve("state"));
    try {
      QueueState.Values values = state.read();
      if (values == null) {
        values = QueueState.Values.beginning(beginning);
        state.write(values);
        state.sync();
      }
      if (isNew) {
        syncNames(directory);
      }
      QueueFiles files = QueueFiles.open(directory, values.file());
      SinkQueue queue = new SinkQueue(files, state, values, maxBytes, clock);
      if (queue.read.offset() < values.offset()) {
        // New frames will take the place of those that were cut off.
        queue.save();
        state.sync();
      }
      return queue;
    } catch (IOException | RuntimeException ex) {
      state.close();
      throw ex;
    }
  }

  /**
   * Makes the path of a new queue durable: those of the sink and of all sinks may be new as well.
   */
  private static void syncNames(Path directory) throws IOException {
    Path each = directory;
    for (int i = 0; i < LEVELS && each != null; i++) {
      QueueFile.syncDirectory(each);
      each = each.getParent();
    }
  }

  /** The sequence in the state of a queue that need not be open; -1 if it has none. */
  static long fedOf(Path directory) throws IOException {
    try (QueueState state = QueueState.open(directory.resolve("state"))) {
      QueueState.Values values = state.read();
      return (values == null) ? -1 : values.fed();
    }
  }

  /**
   * Adds a batch.
   *
   * @param sequence in the write-ahead log; 0 if it is not in it
   * @return false if the queue is full, and nothing was added
   */
  boolean add(RecordBatch batch, long sequence) throws IOException {
    adding.lock();
    try {
      byte[] payload = codec.toBytes(batch);
      return add(payload, batch.size(), sequence);
    } finally {
      adding.unlock();
    }
  }

  private boolean add(byte[] payload, int rows, long sequence) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      long waiting = files.bytesAfter(read);
      if (waiting > 0 && waiting + payload.length > maxBytes) {
        return false;
      }
      files
          .forAppend(maxBytes, read.file())
          .append(payload, sequence, queued, clock.millis(), rows);
      queued += rows;
      dirty = true;
      fed = Math.max(fed, sequence);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops the oldest file, to make room.
   *
   * @return how many records that were
   */
  long dropOldest() throws IOException {
    lock.lock();
    try {
      QueueFile oldest = files.removeOldest();
      if (oldest == null) {
        return 0;
      }
      QueueFile.Frame last = oldest.last();
      long end = (last == null) ? 0 : last.first() + last.rows();
      long dropped = Math.max(0, end - read.position());
      read = new Place(oldest.number() + 1, 0, 0, Math.max(read.position(), end));
      save();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** The first place that is not acknowledged. */
  Place start() {
    return locked(() -> read);
  }

  /** The frame at a place or after it; null if nothing follows at present. */
  QueueFiles.@Nullable Located locate(Place place) throws IOException {
    lock.lock();
    try {
      return closed ? null : files.locate(place);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything before a place. */
  void acknowledge(Place place) throws IOException {
    lock.lock();
    try {
      if (closed || place.position() < read.position()) {
        return; // dropped meanwhile
      }
      read = place;
      files.deleteBefore(place.file());
      long deleted = files.deleteRead(place);
      if (deleted > 0) {
        read = new Place(deleted + 1, 0, 0, place.position());
        dirty = false;
        syncedFed = fed;
      }
      save();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }

  private void save() throws IOException {
    state.write(
        new QueueState.Values(
            syncedFed,
            read.file(),
            read.offset(),
            read.row(),
            read.position(),
            replayFrom,
            replayTo));
  }

  /** Batches up to this sequence of the write-ahead log are in the queue, or not wanted. */
  long fed() {
    return locked(() -> fed);
  }

  /** As {@link #fed()}, and it stays so after a power failure. */
  long syncedFed() {
    return locked(() -> syncedFed);
  }

  /** Sets what {@link #fed()} gives, after a batch of which nothing was wanted. */
  void passed(long sequence) {
    lock.lock();
    try {
      fed = Math.max(fed, sequence);
      if (!dirty) {
        syncedFed = fed;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins after another sequence, because the log is not the one that it was. */
  void restart(long sequence) throws IOException {
    lock.lock();
    try {
      fed = sequence;
      syncedFed = sequence;
      save();
    } finally {
      lock.unlock();
    }
  }

  /** Makes the queue durable as it is. */
  void sync() throws IOException {
    QueueFile file;
    long upTo;
    lock.lock();
    try {
      upTo = fed;
      file = dirty ? files.newest() : null;
      dirty = false;
    } finally {
      lock.unlock();
    }
    try {
      if (file != null) {
        file.sync();
      }
    } catch (ClosedChannelException ex) {
      LOG.debug("The file was delivered and deleted meanwhile", ex);
    }
    lock.lock();
    try {
      if (!closed) {
        syncedFed = Math.max(syncedFed, upTo);
        save();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Remembers that the store is to be sent from a time up to another; equal times for nothing. */
  void replay(long from, long to) throws IOException {
    lock.lock();
    try {
      replayFrom = from;
      replayTo = to;
      save();
    } finally {
      lock.unlock();
    }
  }

  /** The times of {@link #replay}; null if there is nothing to send. */
  long @Nullable [] replay() {
    lock.lock();
    try {
      return (replayFrom >= replayTo) ? null : new long[] {replayFrom, replayTo};
    } finally {
      lock.unlock();
    }
  }

  /** How many records wait. */
  long records() {
    return locked(() -> Math.max(0, queued - read.position()));
  }

  /** How many bytes wait. */
  long bytes() {
    return locked(() -> files.bytesAfter(read));
  }

  void maxBytes(long bytes) {
    lock.lock();
    try {
      maxBytes = bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * When the oldest waiting record was queued, in milliseconds since the epoch; 0 if none waits.
   */
  long oldestMillis() {
    lock.lock();
    try {
      QueueFiles.Located found = closed ? null : files.locate(read);
      return (found == null) ? 0 : found.frame().queuedAt();
    } catch (IOException ex) {
      return 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    adding.lock();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        codec.close();
        files.close();
        save();
        state.close();
      }
    } finally {
      lock.unlock();
      adding.unlock();
    }
  }
}
