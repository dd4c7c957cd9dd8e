package io.logcaster.storage.segment;

import io.logcaster.work.HeapShare;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches the disk, seals old active segments and merges, on a thread of its own. */
final class Keeper {

  /** How often it checks free space, the age of the active segment and merges. */
  private static final long PAUSE_MILLIS = 500;

  /** With more segments, merging does not wait: a hundred cost each scan a few milliseconds. */
  private static final int MANY_SEGMENTS = 100;

  private final SegmentOptions options;
  private final Path directory;
  private final FileStore volume;
  private final StorageState state;
  private final Flusher flusher;
  private final Rewriter rewriter;
  private final Damage damage;

  /** Why appends are refused; null if they are not. */
  private volatile @Nullable String refusal;

  /** Whether the directory was found to be gone, which is for good. */
  private volatile boolean gone;

  Keeper(
      SegmentOptions options,
      Path directory,
      StorageState state,
      Flusher flusher,
      Rewriter rewriter,
      Damage damage)
      throws IOException {
    this.options = options;
    this.directory = directory;
    this.state = state;
    this.flusher = flusher;
    this.rewriter = rewriter;
    this.damage = damage;
    volume = Files.getFileStore(directory);
    watchSpace();
  }

  /** Waits; returns true as soon as the storage is being closed. */
  @FunctionalInterface
  interface Pause {

    boolean closed(long millis);
  }

  Thread start(Pause pause) {
    return LongLived.start("keeper", () -> keep(pause));
  }

  private void keep(Pause pause) {
    long millis = PAUSE_MILLIS;
    while (!pause.closed(millis) && !isGone()) {
      millis = PAUSE_MILLIS;
      try {
        watchSpace();
        state.sealIfOld();
        long start = System.nanoTime();
        if (refusal == null && isTimeToMerge() && mergeOnce()) {
          // Merge half of the time: files of lines spread over years create many segments.
          millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
      } catch (IOException | RuntimeException | Error ex) {
        if (!isGone()) {
          LongLived.failed("keeper", ex);
        }
      }
    }
  }

  private void watchSpace() throws IOException {
    refusal =
        (volume.getUsableSpace() < options.minFreeBytes())
            ? "Less than " + options.minFreeBytes() + " bytes are free in " + directory
            : null;
  }

  /**
   * Whether the directory is gone, for example with its volume. Files that are open can still be
   * written to then, but nobody would find them again: so records are refused from now on, even if
   * a directory of that name comes back.
   */
  synchronized boolean isGone() {
    if (!gone
        && !(Files.exists(directory.resolve("wal"))
            && Files.exists(directory.resolve("records")))) {
      gone = true;
      String why = directory + " is gone; restart LogCaster when it is back";
      refusal = why;
      damage.found(why);
    }
    return gone;
  }

  /** The free bytes of the volume; {@link Long#MAX_VALUE} if unknown. */
  long usableSpace() {
    try {
      return volume.getUsableSpace();
    } catch (IOException ex) {
      return Long.MAX_VALUE;
    }
  }

  /** Why appends are refused; null if they are not. */
  @Nullable String refusal() {
    return refusal;
  }

  /** Merging only helps scans: while many records arrive it waits, unless segments are many. */
  private boolean isTimeToMerge() {
    return flusher.isQuiet()
        || state.segments().stream().filter((segment) -> !segment.isTiered()).count()
            > MANY_SEGMENTS;
  }

  static MergePolicy policy(SegmentOptions options) {
    return MergePolicy.within(HeapShare.MERGE.bytes(), options.mergeFan());
  }

  /** Merges once; false if there was nothing to merge. */
  boolean mergeOnce() throws IOException {
    HeapShare share = flusher.isQuiet() ? HeapShare.MERGE : HeapShare.BUSY_MERGE;
    return rewriter.mergeOnce(
        MergePolicy.within(share.bytes(), options.mergeFan()), (segment) -> true);
  }
}
