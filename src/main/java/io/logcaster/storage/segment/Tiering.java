package io.logcaster.storage.segment;

import io.logcaster.record.Timestamps;
import io.logcaster.s3.HashingOutput;
import io.logcaster.storage.TierStatus;
import io.logcaster.storage.segment.file.TieredFile;
import io.logcaster.storage.tier.Tier;
import io.logcaster.storage.tier.TierCatalog;
import io.logcaster.work.LastResort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings old segments to object storage. The order of the steps loses nothing and counts nothing
 * twice, wherever a crash comes between them: the objects, verified; the catalog, from which an
 * empty disk is filled; the manifest, which this machine follows; the files and objects that
 * neither names any more. A segment there that is rewritten, by a deletion or a rule, is replaced
 * there, so that the catalog never has both or neither. Leftovers are swept.
 */
final class Tiering implements SegmentChange {

  private static final long LEAST_PAUSE_MILLIS = 1_000;

  private static final long MOST_PAUSE_MILLIS = 30_000;

  /** The longest pause after failures in a row. */
  private static final long FAILED_PAUSE_MILLIS = 300_000;

  /** A file that is younger may still be merged: late records come in many small segments. */
  private static final Duration SETTLED = Duration.ofHours(1);

  private static final long SWEEP_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(Tiering.class);

  private final Tier tier;
  private final Path directory;
  private final SegmentSet segments;
  private final SegmentFiles files;
  private final StorageState state;
  private final Flusher flusher;
  private final MergePolicy policy;

  /** Whether the start found damage; then nothing is swept that may be needed. */
  private final boolean damaged;

  /** Held for each round. */
  private final ReentrantLock round = new ReentrantLock();

  /** What the catalog says of each local file, by its name. Guarded by this. */
  private @Nullable Map<String, TierCatalog.Entry> entries;

  /** Whether the catalog may differ from the manifest. */
  private volatile boolean stale = true;

  /** Whether the catalog has changed since what was learned from the records went there. */
  private volatile boolean learnedMore = true;

  private volatile int pending;
  private volatile @Nullable String failure;
  private long lastSweep = System.nanoTime() - SWEEP_NANOS;

  Tiering(
      Tier tier,
      Path directory,
      SegmentSet segments,
      SegmentFiles files,
      StorageState state,
      Flusher flusher,
      MergePolicy policy) {
    this.tier = tier;
    this.directory = directory;
    this.segments = segments;
    this.files = files;
    this.state = state;
    this.flusher = flusher;
    this.policy = policy;
    damaged = !segments.damage().isEmpty();
  }

  /** Works until the storage is closed. */
  void run(Keeper.Pause pause, Rewriter rewriter) {
    long usual = Math.clamp(tier.after().toMillis() / 4, LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS);
    long millis = usual; // a start has better things to do
    while (!pause.closed(millis)) {
      try {
        round(rewriter, () -> pause.closed(0));
        millis = usual;
      } catch (IOException | RuntimeException | Error ex) {
        LastResort.endIfFatal(ex);
        if (failure == null) {
          LOG.warn("Segments stay here for now, because they cannot be moved", ex);
        }
        failure = String.valueOf(ex.getMessage());
        millis = Math.min(Math.max(millis, usual) * 2, FAILED_PAUSE_MILLIS);
      }
    }
  }

  /** Whether a long piece of work should stop. */
  @FunctionalInterface
  interface Stop {

    boolean isWanted();
  }

  /** Moves what is due, then deletes what nobody needs any more. */
  void round(Rewriter rewriter, Stop stop) throws IOException {
    round.lock();
    try {
      prepare();
      while (!stop.isWanted() && rewriter.mergeOnce(policy, this::isDue)) {
        pending = (int) state.segments().stream().filter(this::isDue).count();
      }
      List<SegmentHandle> due = state.retain(this::isDue);
      try {
        for (int i = 0; i < due.size(); i++) {
          pending = due.size() - i;
          if (stop.isWanted()) {
            return;
          }
          move(due.get(i), rewriter);
        }
        pending = 0;
      } finally {
        due.forEach(SegmentHandle::release);
      }
      if (stale) {
        rewriter.whileUnchanged(() -> write(state.segments()));
      }
      if (learnedMore && state.segments().stream().anyMatch(SegmentHandle::isTiered)) {
        putLearned();
      }
      clean();
      failure = null;
    } finally {
      round.unlock();
    }
  }

  /**
   * Brings what was learned there. A server that begins with an empty disk would have to fetch
   * every segment to learn it again.
   */
  private void putLearned() throws IOException {
    learnedMore = false;
    Path copies = directory.resolveSibling("tier-cache").resolve("learned");
    TierRestore.delete(copies);
    Files.createDirectories(copies);
    try {
      flusher.copyLearned(copies);
      tier.putLearned(copies);
    } catch (IOException | RuntimeException ex) {
      learnedMore = true;
      throw ex;
    } finally {
      TierRestore.delete(copies);
    }
  }

  private boolean isDue(SegmentHandle segment) {
    if (segment.isTiered()) {
      return false;
    }
    Instant now = tier.clock().instant();
    Instant old = now.minus(tier.after());
    if (segment.info().maxTime() >= old.getEpochSecond() * Timestamps.SECOND + old.getNano()) {
      return false;
    }
    Duration settled = (tier.after().compareTo(SETTLED) < 0) ? tier.after() : SETTLED;
    return segment.file().toFile().lastModified() <= now.minus(settled).toEpochMilli();
  }

  private void move(SegmentHandle segment, Rewriter rewriter) throws IOException {
    SegmentHandle there = put(segment);
    if (!rewriter.swap(segment, there)) {
      segments.discard(List.of(there));
    }
  }

  /** Brings a segment there. Returns it as it is read from there; the manifest names it later. */
  private SegmentHandle put(SegmentHandle segment) throws IOException {
    Path from = segment.file();
    String hash = HashingOutput.hash(from);
    String name = from.getFileName().toString();
    String key = Tier.key(segment.day(), name.substring(0, name.lastIndexOf('.')), hash);
    Path local = segments.newFile(segment.day(), Partitions.sequence(from), TieredFile.SUFFIX);
    try {
      TieredFile.write(local, key, segment.reader());
      tier.put(key, from, hash, local);
      return files.open(segment.day(), local);
    } catch (IOException | RuntimeException | Error ex) {
      files.doomed().add(key);
      try {
        Files.deleteIfExists(local);
      } catch (IOException nested) {
        ex.addSuppressed(nested);
      }
      throw ex;
    }
  }

  /** Makes sure that the prefix is this server's, and reads the catalog once. */
  private synchronized Map<String, TierCatalog.Entry> prepare() throws IOException {
    tier.check(directory);
    Map<String, TierCatalog.Entry> known = entries;
    if (known == null) {
      known = new HashMap<>();
      for (TierCatalog.Entry entry : tier.catalog().entries()) {
        known.put(entry.file(), entry);
      }
      entries = known;
    }
    return known;
  }

  /** Writes the catalog of some segments. The caller keeps them from changing. */
  private synchronized void write(List<SegmentHandle> all) throws IOException {
    Map<String, TierCatalog.Entry> known = prepare();
    List<TierCatalog.Entry> named = new ArrayList<>();
    long flushed = 0;
    for (SegmentHandle segment : all) {
      String key = segment.key();
      if (key != null) {
        String name = directory.relativize(segment.file()).toString();
        TierCatalog.Entry entry = known.get(name);
        if (entry == null || !entry.key().equals(key)) {
          entry = Tier.entry(name, key, segment.info().bytes(), segment.file());
          known.put(name, entry);
        }
        named.add(entry);
        flushed = Math.max(flushed, Partitions.sequence(segment.file()));
      }
    }
    stale = true;
    tier.write(new TierCatalog(flushed, named));
    stale = false;
    learnedMore = true;
    known.values().retainAll(named);
  }

  @Override
  public List<SegmentHandle> replace(List<SegmentHandle> removed, List<SegmentHandle> added)
      throws IOException {
    boolean fromThere = removed.stream().anyMatch(SegmentHandle::isTiered);
    if (!fromThere && added.stream().noneMatch(SegmentHandle::isTiered)) {
      return flusher.change(removed, added);
    }
    List<SegmentHandle> stored = new ArrayList<>(fromThere ? List.of() : added);
    boolean written;
    try {
      for (SegmentHandle segment : fromThere ? added : List.<SegmentHandle>of()) {
        stored.add(put(segment));
      }
      written = write(removed, stored);
    } catch (IOException | RuntimeException | Error ex) {
      segments.discard(stored);
      discard(added, stored);
      throw ex;
    }
    // The catalog is ahead of the manifest until that is written, too.
    stale = true;
    try {
      flusher.change(removed, stored);
    } finally {
      discard(added, stored);
    }
    stale = !written;
    return stored;
  }

  /** Discards what was written here only to be brought there. */
  private void discard(List<SegmentHandle> added, List<SegmentHandle> stored) {
    segments.discard(added.stream().filter((segment) -> !stored.contains(segment)).toList());
  }

  /** Writes the catalog before a change. Returns false if that has to be done later. */
  private boolean write(List<SegmentHandle> removed, List<SegmentHandle> stored)
      throws IOException {
    List<SegmentHandle> after = new ArrayList<>(state.segments());
    after.removeAll(removed);
    after.addAll(stored);
    try {
      write(after);
      return true;
    } catch (IOException ex) {
      if (!stored.isEmpty()) {
        throw ex;
      }
      // What is dropped here may be there a little longer.
      LOG.warn("The catalog of the object storage is written later: {}", ex.getMessage());
      return false;
    }
  }

  /** Deletes the objects of segments that were dropped, and now and then what crashes left. */
  private void clean() throws IOException {
    List<String> later = new ArrayList<>();
    try {
      for (String key = files.doomed().poll(); key != null; key = files.doomed().poll()) {
        later.add(key);
        if (tier.delete(key)) {
          later.removeLast();
        }
      }
    } finally {
      files.doomed().addAll(later);
    }
    if (!damaged && System.nanoTime() - lastSweep >= SWEEP_NANOS) {
      int swept = tier.sweep();
      lastSweep = System.nanoTime();
      if (swept > 0) {
        LOG.info("{} objects that no segment needs were deleted", swept);
      }
    }
  }

  TierStatus status() {
    int count = 0;
    long bytes = 0;
    long localBytes = 0;
    for (SegmentHandle segment : state.segments()) {
      if (segment.isTiered()) {
        count++;
        bytes += segment.info().bytes();
        localBytes += segment.localBytes();
      }
    }
    return tier.status(count, bytes, localBytes, pending, failure);
  }

  void close() throws IOException {
    tier.close();
  }
}
