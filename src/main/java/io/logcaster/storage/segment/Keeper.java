package io.logcaster.storage.segment;

import io.logcaster.work.HeapShare;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.concurrent.TimeUnit;

/** Watches the disk, seals old active segments and merges, on a thread of its own. */
final class Keeper {

  /** How often it checks free space, the age of the active segment and merges. */
  private static final long PAUSE_MILLIS = 500;

  /** With more segments, merging does not wait: a hundred cost each scan a few milliseconds. */
  private static final int MANY_SEGMENTS = 100;

  private final SegmentOptions options;
  private final FileStore volume;
  private final StorageState state;
  private final Flusher flusher;
  private final Rewriter rewriter;
  private volatile boolean readOnly;

  Keeper(
      SegmentOptions options,
      FileStore volume,
      StorageState state,
      Flusher flusher,
      Rewriter rewriter)
      throws IOException {
    this.options = options;
    this.volume = volume;
    this.state = state;
    this.flusher = flusher;
    this.rewriter = rewriter;
    readOnly = isVolumeLow();
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
    while (!pause.closed(millis)) {
      millis = PAUSE_MILLIS;
      try {
        readOnly = isVolumeLow();
        state.sealIfOld();
        long start = System.nanoTime();
        if (!readOnly && isTimeToMerge() && mergeOnce()) {
          // Merge half of the time: files of lines spread over years create many segments.
          millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
      } catch (IOException | RuntimeException | Error ex) {
        LongLived.failed("keeper", ex);
      }
    }
  }

  private boolean isVolumeLow() throws IOException {
    return volume.getUsableSpace() < options.minFreeBytes();
  }

  /** The free bytes of the volume; {@link Long#MAX_VALUE} if unknown. */
  long usableSpace() {
    try {
      return volume.getUsableSpace();
    } catch (IOException ex) {
      return Long.MAX_VALUE;
    }
  }

  /** Whether appends are refused for lack of space. */
  boolean isReadOnly() {
    return readOnly;
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
