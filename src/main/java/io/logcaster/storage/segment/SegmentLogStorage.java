package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.wal.WalRecovery;
import io.logcaster.storage.wal.WriteAheadLog;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LogCaster's own storage engine.
 *
 * <pre>
 * append ─▶ write-ahead log ─(durable)─▶ active part ─(size, age)─▶ frozen parts ─▶ segments ─▶ merged segments
 *                                            └──────────── all of them searched ────────────┘
 * </pre>
 *
 * <p>A record is in exactly one place that scans see at any moment: it moves from a part to a
 * segment under the lock that scans take to begin. On disk it is in the write-ahead log or in a
 * segment that the manifest names; where it is in both, the manifest's sequence says which frames
 * of the log count no more.
 *
 * <p>Threads: callers encode; the log's thread writes, syncs and fills the active part; one thread
 * flushes; one thread merges and keeps watch of the disk; scans run on their caller's thread with
 * helpers.
 */
public final class SegmentLogStorage implements LogStorage {

  /**
   * Frozen parts before the log is held back: one being written while the active part fills, so
   * that neither waits for the other and memory stays bounded.
   */
  private static final int MAX_FROZEN = 1;

  /** How often the keeper looks at free space, age and merges. */
  private static final long KEEPER_MILLIS = 500;

  /** After a flush failed it is tried again: soon, because the log is held back meanwhile. */
  private static final long RETRY_MILLIS = 1_000;

  /**
   * So long after a flush a server counts as quiet. A flush comes every half second at full load.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Segments beyond which merging does not wait: a hundred cost a scan a few milliseconds. */
  private static final int MANY_SEGMENTS = 100;

  private static final Logger log = LoggerFactory.getLogger(SegmentLogStorage.class);

  private final SegmentOptions options;
  private final Path directory;
  private final FileStore volume;
  private final SegmentSet segments;
  private final Deliveries deliveries;
  private final Rewriter rewriter;
  private final WriteAheadLog wal;
  private final List<String> damage;

  /** Orders changes of the segments: flush, merge, delete. Taken before {@link #lock}. */
  private final ReentrantLock changes = new ReentrantLock();

  /** Guards the parts and which segments are seen; held for moments. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition frozenChanged = lock.newCondition();
  private final ArrayDeque<ActivePart> frozen = new ArrayDeque<>();
  private ActivePart active = new ActivePart();
  private long failedFlushes;
  private @Nullable Throwable flushFailure;
  private volatile boolean readOnly;
  private volatile boolean closing;

  /** When a part was last written to segments, by the system's timer. */
  private volatile long lastFlush = System.nanoTime() - QUIET_NANOS;

  private final CountDownLatch closed = new CountDownLatch(1);

  private final ExecutorService helpers =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().name("scan-", 0).daemon().factory());
  private final Thread flusher;
  private final Thread keeper;

  private SegmentLogStorage(Path directory, SegmentOptions options) throws IOException {
    this.options = options;
    this.directory = directory;
    Path logs = Files.createDirectories(directory.resolve("wal"));
    Path quarantine = directory.resolve("quarantine");
    volume = Files.getFileStore(directory);
    segments = SegmentSet.open(directory.resolve("records"), quarantine);
    deliveries = segments.deliveries();
    // The names of the two directories are as precious as what is in them.
    CheckedText.syncDirectory(directory);
    rewriter =
        new Rewriter(this::segmentsNow, segments::write, (from, to) -> change(from, to, null));
    WalRecovery recovered = WalRecovery.run(logs, quarantine, segments.flushed(), this::recover);
    damage = new ArrayList<>(segments.damage());
    damage.addAll(recovered.damage());
    damage.forEach((what) -> log.error("Damage found, kept in quarantine: {}", what));
    wal = new WriteAheadLog(logs, options.durability(), recovered, new LogListener());
    wal.release(segments.flushed());
    flusher = Thread.ofPlatform().name("flush").daemon().start(this::flushFrozen);
    keeper = Thread.ofPlatform().name("keeper").daemon().start(this::keep);
  }

  /**
   * Opens the storage in a directory, which nobody else may have open, and recovers what a crash
   * left.
   *
   * @param directory gets {@code wal}, {@code records} and {@code quarantine}
   */
  public static SegmentLogStorage open(Path directory, SegmentOptions options) throws IOException {
    return new SegmentLogStorage(Files.createDirectories(directory), options);
  }

  private void recover(RecordBatch batch, long sequence) throws IOException {
    deliveries.commit(batch);
    active.add(batch, sequence);
    if (active.bytes() >= options.flushBytes()) {
      ActivePart full = active;
      active = new ActivePart();
      flush(full);
    }
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    if (batch.size() == 0 && batch.mark() == null) {
      return CompletableFuture.completedFuture(null);
    }
    if (readOnly) {
      return CompletableFuture.failedFuture(
          new StorageReadOnlyException(
              "Less than " + options.minFreeBytes() + " bytes are free in " + directory));
    }
    return wal.append(batch.byStream());
  }

  private final class LogListener implements WriteAheadLog.Listener {

    @Override
    public void ready() throws IOException {
      awaitRoom();
    }

    @Override
    public void admit(RecordBatch batch) throws IOException {
      deliveries.admit(batch);
    }

    @Override
    public void failed() {
      deliveries.withdraw();
    }

    @Override
    public void committed(RecordBatch batch, long sequence) {
      deliveries.commit(batch);
      add(batch, sequence);
    }
  }

  private void add(RecordBatch batch, long sequence) {
    lock.lock();
    try {
      active.add(batch, sequence);
      if (active.bytes() >= options.flushBytes()) {
        freeze();
      }
    } finally {
      lock.unlock();
    }
  }

  /** On the log's thread: memory is bounded, whatever the flush is up to. */
  private void awaitRoom() throws IOException {
    lock.lock();
    try {
      while (frozen.size() > MAX_FROZEN && !closing) {
        if (flushFailure != null) {
          throw new IOException("Records cannot be written to segments", flushFailure);
        }
        frozenChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void freeze() {
    if (!active.isEmpty()) {
      frozen.addLast(active);
      active = new ActivePart();
      frozenChanged.signalAll();
    }
  }

  private void flushFrozen() {
    while (true) {
      ActivePart part = nextFrozen();
      if (part == null) {
        return;
      }
      try {
        flush(part);
      } catch (IOException | RuntimeException | Error ex) {
        log.error("A part could not be written to segments and is tried again", ex);
        flushFailed(ex);
        closed(RETRY_MILLIS);
      }
    }
  }

  private void flushFailed(Throwable cause) {
    lock.lock();
    try {
      failedFlushes++;
      flushFailure = cause;
      frozenChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ActivePart nextFrozen() {
    lock.lock();
    try {
      while (frozen.isEmpty() && !closing) {
        frozenChanged.awaitUninterruptibly();
      }
      return closing ? null : frozen.getFirst();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes a part to segments, one for each day, and takes it out of memory in the moment they are
   * seen.
   */
  private void flush(ActivePart part) throws IOException {
    List<SegmentHandle> added = new ArrayList<>();
    try {
      for (Map.Entry<Long, Partitions.Rows> day : Partitions.split(part.batches()).entrySet()) {
        Partitions.Rows rows = day.getValue();
        String name = Partitions.name(day.getKey());
        added.add(segments.write(name, part.lastSequence(), rows.batches, rows.keep));
      }
    } catch (IOException | RuntimeException | Error ex) {
      segments.discard(added);
      throw ex;
    }
    change(List.of(), added, part);
    lastFlush = System.nanoTime();
    if (wal != null) {
      wal.release(part.lastSequence());
    }
  }

  /** Replaces segments by others; durable and seen when it returns. */
  private void change(
      List<SegmentHandle> removed, List<SegmentHandle> added, @Nullable ActivePart part)
      throws IOException {
    long flushed = (part != null) ? part.lastSequence() : 0;
    changes.lock();
    try {
      List<SegmentHandle> after = segments.replaced(removed, added, flushed);
      lock.lock();
      try {
        segments.show(after, flushed);
        if (part != null) {
          frozen.remove(part);
          flushFailure = null;
          frozenChanged.signalAll();
        }
      } finally {
        lock.unlock();
      }
    } finally {
      changes.unlock();
    }
    removed.forEach(SegmentHandle::deleteWhenUnused);
    removed.forEach(SegmentHandle::release);
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    SegmentScan scan = new SegmentScan(request, consumer);
    List<SegmentHandle> used;
    lock.lock();
    try {
      used = segments.segments();
      used.forEach(SegmentHandle::retain);
      frozen.forEach((part) -> part.batches().forEach(scan::add));
      active.batches().forEach(scan::add);
    } finally {
      lock.unlock();
    }
    try {
      used.forEach((handle) -> scan.add(handle.reader()));
      scan.run(helpers);
    } finally {
      used.forEach(SegmentHandle::release);
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    flushAll();
    return rewriter.delete(request);
  }

  /**
   * Writes everything in memory to segments, and waits for it.
   *
   * @throws IOException if that failed; it is tried again in the background
   */
  public void flushAll() throws IOException {
    lock.lock();
    try {
      freeze();
      long failedBefore = failedFlushes;
      while (!frozen.isEmpty() && !closing) {
        if (failedFlushes != failedBefore) {
          throw new IOException("Records could not be written to segments", flushFailure);
        }
        frozenChanged.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<SegmentHandle> segmentsNow() {
    lock.lock();
    try {
      return segments.segments();
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    long pause = KEEPER_MILLIS;
    while (!closed(pause)) {
      pause = KEEPER_MILLIS;
      try {
        readOnly = volume.getUsableSpace() < options.minFreeBytes();
        freezeIfOld();
        long begun = System.nanoTime();
        if (!readOnly && isTimeToMerge() && mergeOnce()) {
          // As long as there is something to merge, half of the time: files of lines spread over
          // years make segments faster than one merge per look could take away.
          pause = Math.max(1, (System.nanoTime() - begun) / 1_000_000);
        }
      } catch (IOException | RuntimeException | Error ex) {
        log.error("The upkeep of the records failed and is tried again", ex);
      }
    }
  }

  /**
   * Merging is for the reader's sake and can wait while records pour in: the processors belong to
   * them then, unless so many segments have gathered that scans would feel it.
   */
  private boolean isTimeToMerge() {
    return System.nanoTime() - lastFlush > QUIET_NANOS || segmentsNow().size() > MANY_SEGMENTS;
  }

  private void freezeIfOld() {
    lock.lock();
    try {
      if (active.age() >= options.flushAge().toNanos()) {
        freeze();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Merges once; whether there was anything to merge. */
  boolean mergeOnce() throws IOException {
    return rewriter.mergeOnce(options.mergeFan());
  }

  /**
   * Deletes whole segments whose records are all older than a time.
   *
   * @return how many records went
   */
  public long dropBefore(long time) throws IOException {
    return rewriter.dropBefore(time);
  }

  /**
   * Deletes the oldest days until the segments take no more than a number of bytes; the newest day
   * stays.
   *
   * @return how many records went
   */
  public long shrinkTo(long bytes) throws IOException {
    return rewriter.shrinkTo(bytes);
  }

  @Override
  public long lastDelivery(String client) {
    return deliveries.last(client);
  }

  @Override
  public StorageStats stats() {
    long records = 0;
    long bytes = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    lock.lock();
    try {
      for (SegmentHandle handle : segments.segments()) {
        SegmentInfo info = handle.info();
        records += info.records();
        bytes += info.bytes();
        min = Math.min(min, info.minTime());
        max = Math.max(max, info.maxTime());
      }
      List<ActivePart> parts = new ArrayList<>(frozen);
      parts.add(active);
      for (ActivePart part : parts) {
        records += part.records();
        bytes += part.bytes();
        min = Math.min(min, part.minTime());
        max = Math.max(max, part.maxTime());
      }
    } finally {
      lock.unlock();
    }
    return new StorageStats(records, bytes, usableSpace(), min, max, readOnly);
  }

  private long usableSpace() {
    try {
      return volume.getUsableSpace();
    } catch (IOException ex) {
      return Long.MAX_VALUE;
    }
  }

  /** What was found damaged when the storage was opened; empty when nothing was. */
  public List<String> damage() {
    return List.copyOf(damage);
  }

  /** Waits; true as soon as the storage is being closed. */
  private boolean closed(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    if (closing) {
      return;
    }
    lock.lock();
    try {
      closing = true;
      frozenChanged.signalAll();
    } finally {
      lock.unlock();
    }
    closed.countDown();
    wal.close();
    join(keeper);
    join(flusher);
    flushRest();
    helpers.shutdown();
    wal.release(segments.flushed());
    segmentsNow().forEach(SegmentHandle::release);
  }

  /** What cannot be written, the disk being full, is in the write-ahead log for the next start. */
  private void flushRest() {
    List<ActivePart> rest;
    lock.lock();
    try {
      freeze();
      rest = List.copyOf(frozen);
    } finally {
      lock.unlock();
    }
    try {
      for (ActivePart part : rest) {
        flush(part);
      }
    } catch (IOException ex) {
      log.warn("Records stay in the write-ahead log and are read from there at the next start", ex);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
