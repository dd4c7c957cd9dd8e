package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.DeleteProgress;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.StorageUpkeep;
import io.logcaster.storage.StoredSegment;
import io.logcaster.storage.TierStatus;
import io.logcaster.storage.segment.bytes.CheckedText;
import io.logcaster.storage.segment.bytes.Threads;
import io.logcaster.storage.segment.file.BlockCache;
import io.logcaster.storage.tier.Tier;
import io.logcaster.storage.tier.TierOptions;
import io.logcaster.storage.wal.WalRecovery;
import io.logcaster.storage.wal.WriteAheadLog;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LogCaster's own storage engine.
 *
 * <pre>
 * append ─▶ write-ahead log ─(durable)─▶ active segment ─(size, age)─▶ sealed ─▶ on disk ─▶ merged
 *                                              └────────────── all of them searched ──────────────┘
 * </pre>
 *
 * <p>At any moment, scans see a record in exactly one place: it moves from memory to a segment file
 * under the lock that scans take when they start. On disk it is in the write-ahead log or in a
 * segment that the manifest names. If it is in both, the manifest's sequence says which frames of
 * the log are obsolete.
 *
 * <p>Threads: callers of {@link #append} encode; the log's thread writes, syncs and fills the
 * active segment; one thread flushes; one thread, the keeper, merges and watches the disk; each
 * scan has a thread of {@link ScanThreads}, which its caller waits for, and idle helpers.
 */
public final class SegmentLogStorage implements LogStorage, StorageUpkeep, BatchLog {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentLogStorage.class);

  private final BlockCache cache;
  private final SegmentSet segments;
  private final Deliveries deliveries;
  private final StorageState state;
  private final Flusher flusher;
  private final Rewriter rewriter;
  private final WriteAheadLog wal;
  private final MessageObserver observer;
  private final Damage damage = new Damage();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ScanThreads scanThreads = new ScanThreads();
  private final Keeper keeper;
  private final Thread keeping;
  private final @Nullable Tiering tiering;
  private final @Nullable Thread moving;
  private final Hold hold;
  private volatile @Nullable Runnable appendListener;

  private SegmentLogStorage(
      Path directory,
      SegmentOptions options,
      MessageObserver observer,
      Hold hold,
      @Nullable Tier tier)
      throws IOException {
    this.hold = hold;
    this.observer = observer;
    Path logs = Files.createDirectories(directory.resolve("wal"));
    Path quarantine = directory.resolve("quarantine");
    cache = new BlockCache(options.cacheBytes());
    Path records = directory.resolve("records");
    SegmentFiles files = new SegmentFiles(cache, tier);
    segments = SegmentSet.open(records, quarantine, files);
    deliveries = segments.deliveries();
    // The names of the two directories must be as durable as their contents.
    CheckedText.syncDirectory(directory);
    state = new StorageState(segments, options);
    flusher = new Flusher(segments, state, observer);
    tiering =
        (tier == null)
            ? null
            : new Tiering(tier, records, segments, files, state, flusher, Keeper.policy(options));
    rewriter =
        new Rewriter(
            state::segments,
            segments::write,
            (tiering == null) ? flusher::change : tiering,
            AppliedRules.read(records),
            damage);
    observer.opened(
        segments.segments().stream()
            .filter((segment) -> !segment.isTiered())
            .<StoredSegment>map(OpenedSegment::of)
            .toList());
    WalRecovery recovered = WalRecovery.run(logs, quarantine, segments.flushed(), this::recover);
    segments.damage().forEach(damage::found);
    recovered.damage().forEach(damage::found);
    wal =
        new WriteAheadLog(
            logs,
            options.durability(),
            recovered,
            new LoggedBatches(deliveries, state, () -> appendListener));
    release(segments.flushed());
    flusher.start(this::release);
    keeper = new Keeper(options, directory, state, flusher, rewriter, damage);
    keeping = keeper.start(this::closed);
    moving =
        (tiering == null)
            ? null
            : LongLived.start("tier", () -> tiering.run(this::closed, rewriter));
  }

  /**
   * Opens the storage in a directory that no other process has open, and recovers from a crash.
   *
   * @param directory the parent of {@code wal}, {@code records} and {@code quarantine}
   * @throws io.logcaster.storage.FormatVersionException if a file has a version that this LogCaster
   *     does not support; nothing has changed then
   */
  public static SegmentLogStorage open(Path directory, SegmentOptions options) throws IOException {
    return open(directory, options, MessageObserver.NONE, Hold.NONE);
  }

  /** As {@link #open(Path, SegmentOptions, MessageObserver, Hold, TierOptions)}, all of it here. */
  public static SegmentLogStorage open(
      Path directory, SegmentOptions options, MessageObserver observer, Hold hold)
      throws IOException {
    return open(directory, options, observer, hold, null);
  }

  /**
   * As {@link #open(Path, SegmentOptions)}.
   *
   * @param observer sees the messages of records
   * @param hold keeps files of the write-ahead log that segments make obsolete
   * @param tiers where old segments go; null to keep all here. If the directory is empty, the
   *     segments that a lost one had there are found again.
   */
  public static SegmentLogStorage open(
      Path directory,
      SegmentOptions options,
      MessageObserver observer,
      Hold hold,
      @Nullable TierOptions tiers)
      throws IOException {
    long start = System.nanoTime();
    FormatVersions.check(directory);
    Files.createDirectories(directory);
    SegmentLogStorage storage;
    Tier tier = (tiers == null) ? null : Tier.open(tiers, directory.resolve("tier-cache"));
    try {
      if (tier != null) {
        TierRestore.run(tier, directory);
      }
      storage = new SegmentLogStorage(directory, options, observer, hold, tier);
    } catch (IOException | RuntimeException ex) {
      if (tier != null) {
        tier.close();
      }
      throw ex;
    }
    long records = storage.stats().records();
    if (records > 0) {
      int count = storage.state.segments().size();
      long millis = (System.nanoTime() - start) / 1_000_000;
      LOG.info("{} records in {} segments opened in {} ms", records, count, millis);
    }
    return storage;
  }

  /**
   * Adds a batch from the log. Writes full segments at once, so that recovery needs no more memory
   * than normal work. On a full disk they stay in memory, as before the crash, while there is room.
   */
  private void recover(RecordBatch batch, long sequence) throws IOException {
    deliveries.commit(batch);
    observer.recovered(batch);
    if (!state.add(batch, sequence)) {
      return;
    }
    try {
      for (ActiveSegment full = state.firstSealed(); full != null; full = state.firstSealed()) {
        flusher.flush(full);
      }
    } catch (IOException ex) {
      if (!state.hasRoom()) {
        throw ex;
      }
    }
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    if (batch.size() == 0 && batch.mark() == null) {
      return CompletableFuture.completedFuture(null);
    }
    String refusal = keeper.refusal();
    if (refusal != null) {
      return CompletableFuture.failedFuture(new StorageReadOnlyException(refusal));
    }
    return wal.append(batch.byStream());
  }

  /** Deletes the files of the log that neither the segments nor a follower needs. */
  private void release(long flushed) throws IOException {
    wal.release(Math.min(flushed, hold.after()));
  }

  @Override
  public long head() {
    return wal.head();
  }

  @Override
  public Cursor follow(long after) {
    return wal.follow(after);
  }

  @Override
  public void onAppend(@Nullable Runnable listener) {
    appendListener = listener;
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    SegmentScan scan = new SegmentScan(request, consumer, damage);
    List<SegmentHandle> used = state.begin(scan);
    try {
      for (SegmentHandle handle : used) {
        try {
          scan.add(handle.reader());
        } catch (InternalError ex) {
          scan.unreadable(handle.reader(), ex);
        }
      }
      scanThreads.run(
          () -> {
            scan.run(scanThreads);
            consumer.end();
          });
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    } finally {
      used.forEach(SegmentHandle::release);
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    return delete(request, DeleteProgress.NONE);
  }

  @Override
  public long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    state.flushAll();
    long deleted = rewriter.delete(request, progress);
    return deleted(deleted, request.minTime(), request.maxTime());
  }

  /**
   * Writes everything in memory to segments and waits until it is on disk.
   *
   * @throws IOException if that fails; the flusher keeps retrying in the background
   */
  public void flushAll() throws IOException {
    state.flushAll();
  }

  /** Merges once; false if there was nothing to merge. */
  boolean mergeOnce() throws IOException {
    return keeper.mergeOnce();
  }

  /** Brings what is due to object storage now. Only with a tier. */
  void moveDue() throws IOException {
    Objects.requireNonNull(tiering).round(rewriter, () -> false);
  }

  @Override
  public @Nullable TierStatus tier() {
    return (tiering == null) ? null : tiering.status();
  }

  @Override
  public long dropBefore(long time) throws IOException {
    return deleted(rewriter.dropBefore(time), Long.MIN_VALUE, time - 1);
  }

  @Override
  public long shrinkTo(long bytes) throws IOException {
    return deleted(rewriter.shrinkTo(bytes), Long.MIN_VALUE, stats().minTime() - 1);
  }

  @Override
  public long apply(List<RetentionRule> rules, long now) throws IOException {
    long youngest =
        rules.stream().mapToLong((rule) -> now - rule.maxAge().toNanos()).max().orElse(now);
    return deleted(rewriter.apply(rules, now), Long.MIN_VALUE, youngest);
  }

  /** Tells the observer that so many records of some time were deleted. */
  private long deleted(long records, long minTime, long maxTime) {
    if (records > 0) {
      observer.deleted(minTime, maxTime);
    }
    return records;
  }

  @Override
  public void snapshot(Path target) throws IOException {
    // Read before the flush: the snapshot must not list a delivery whose records it lacks.
    Map<String, Long> last = deliveries.all();
    state.flushAll();
    Path records = Files.createDirectories(target.resolve("records"));
    flusher.whileUnchanged(
        (set) -> {
          set.link(records, last);
          observer.snapshot(target);
        });
    CheckedText.syncDirectory(target);
  }

  @Override
  public long lastDelivery(String client) {
    return deliveries.last(client);
  }

  @Override
  public StorageStats stats() {
    return state.stats(keeper.usableSpace(), refusal() != null);
  }

  @Override
  public List<String> damage() {
    return damage.all();
  }

  @Override
  public @Nullable String refusal() {
    return keeper.refusal();
  }

  /** Waits; returns true as soon as the storage is being closed. */
  private boolean closed(long millis) {
    return Threads.await(closed, millis);
  }

  @Override
  public void close() throws IOException {
    if (closed.getCount() == 0) {
      return;
    }
    state.close();
    closed.countDown();
    wal.close();
    Threads.join(keeping);
    if (moving != null) {
      Threads.join(moving);
    }
    flusher.close(!keeper.isGone());
    rewriter.close();
    scanThreads.close();
    if (!keeper.isGone()) {
      release(segments.flushed());
    }
    state.segments().forEach(SegmentHandle::release);
    if (tiering != null) {
      tiering.close();
    }
  }
}
