package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces segments: merges them, deletes from them, drops them. One at a time, beside flushes and
 * scans.
 */
final class Rewriter {

  /** Writes a new segment, or leaves nothing behind. */
  @FunctionalInterface
  interface Writer {

    SegmentHandle write(
        String day, long sequence, List<RecordBatch> batches, List<@Nullable Bitmap> keep)
        throws IOException;
  }

  /** Replaces segments by others; durable and seen when it returns. */
  @FunctionalInterface
  interface Change {

    void replace(List<SegmentHandle> removed, List<SegmentHandle> added) throws IOException;
  }

  private final Supplier<List<SegmentHandle>> segments;
  private final Writer writer;
  private final Change change;

  /** Held for as long as a rewrite takes, so that no two rewrite the same segment. */
  private final ReentrantLock one = new ReentrantLock();

  Rewriter(Supplier<List<SegmentHandle>> segments, Writer writer, Change change) {
    this.segments = segments;
    this.writer = writer;
    this.change = change;
  }

  /** Deletes the records that a request selects; gives how many. */
  long delete(ScanRequest request) throws IOException {
    one.lock();
    try {
      long deleted = 0;
      for (SegmentHandle handle : segments.get()) {
        if (request.cancelled().getAsBoolean()) {
          return deleted;
        }
        deleted += delete(handle, request);
      }
      return deleted;
    } finally {
      one.unlock();
    }
  }

  private long delete(SegmentHandle handle, ScanRequest request) throws IOException {
    SegmentReader reader = handle.reader();
    if (reader.info().minTime() > request.maxTime()
        || reader.info().maxTime() < request.minTime()) {
      return 0;
    }
    List<@Nullable Bitmap> keep = new ArrayList<>();
    long deleted = 0;
    for (int block = 0; block < reader.blockCount(); block++) {
      Bitmap doomed =
          request.filter().mayMatch(reader.summary(block))
              ? request.select(reader.read(block))
              : Bitmap.none(reader.summary(block).rows());
      deleted += doomed.cardinality();
      Bitmap kept = Bitmap.all(doomed.size());
      kept.andNot(doomed);
      keep.add(kept);
    }
    if (deleted == 0) {
      return 0;
    }
    List<SegmentHandle> rewritten = new ArrayList<>();
    if (deleted < reader.info().records()) {
      rewritten.add(write(List.of(handle), keep));
    }
    change.replace(List.of(handle), rewritten);
    return deleted;
  }

  /**
   * Merges segments of one size in one day into one.
   *
   * @return whether there was anything to merge
   */
  boolean mergeOnce(int fan) throws IOException {
    one.lock();
    try {
      List<SegmentHandle> group = MergePolicy.choose(segments.get(), fan);
      if (group.isEmpty()) {
        return false;
      }
      change.replace(group, List.of(write(group, null)));
      return true;
    } finally {
      one.unlock();
    }
  }

  /** Writes the records of segments of one day into one; {@code keep} for each of their blocks. */
  private SegmentHandle write(List<SegmentHandle> from, @Nullable List<@Nullable Bitmap> keep)
      throws IOException {
    long sequence = 0;
    List<RecordBatch> blocks = new ArrayList<>();
    List<@Nullable Bitmap> all = new ArrayList<>();
    for (SegmentHandle handle : from) {
      sequence = Math.max(sequence, Partitions.sequence(handle.file()));
      for (int block = 0; block < handle.reader().blockCount(); block++) {
        blocks.add(handle.reader().read(block));
        all.add(null);
      }
    }
    return writer.write(from.getFirst().day(), sequence, blocks, (keep != null) ? keep : all);
  }

  /**
   * Deletes whole segments whose records are all older than a time; gives how many records went.
   */
  long dropBefore(long time) throws IOException {
    one.lock();
    try {
      return drop(
          segments.get().stream().filter((handle) -> handle.info().maxTime() < time).toList());
    } finally {
      one.unlock();
    }
  }

  /** Deletes the oldest days but the newest until the segments are small enough together. */
  long shrinkTo(long bytes) throws IOException {
    one.lock();
    try {
      long dropped = 0;
      List<SegmentHandle> left = segments.get();
      List<String> days = left.stream().map(SegmentHandle::day).distinct().sorted().toList();
      for (String day : days.subList(0, Math.max(0, days.size() - 1))) {
        if (segments.get().stream().mapToLong((handle) -> handle.info().bytes()).sum() <= bytes) {
          break;
        }
        dropped += drop(left.stream().filter((handle) -> handle.day().equals(day)).toList());
      }
      return dropped;
    } finally {
      one.unlock();
    }
  }

  private long drop(List<SegmentHandle> handles) throws IOException {
    if (handles.isEmpty()) {
      return 0;
    }
    change.replace(handles, List.of());
    return handles.stream().mapToLong((handle) -> handle.info().records()).sum();
  }
}
