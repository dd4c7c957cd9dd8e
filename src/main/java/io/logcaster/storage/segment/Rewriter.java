package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.DeleteProgress;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  /** Guarded by {@link #one}. */
  private final AppliedRules applied;

  Rewriter(
      Supplier<List<SegmentHandle>> segments, Writer writer, Change change, AppliedRules applied) {
    this.segments = segments;
    this.writer = writer;
    this.change = change;
    this.applied = applied;
  }

  /** Deletes the records that a request selects; gives how many. */
  long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    one.lock();
    try {
      long deleted = 0;
      int done = 0;
      List<SegmentHandle> all = segments.get();
      for (SegmentHandle handle : all) {
        progress.progress(done++, all.size(), deleted);
        if (request.cancelled().getAsBoolean()) {
          return deleted;
        }
        deleted += delete(handle, request);
      }
      progress.progress(done, all.size(), deleted);
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
    replace(List.of(handle), rewritten);
    return deleted;
  }

  private void replace(List<SegmentHandle> removed, List<SegmentHandle> added) throws IOException {
    change.replace(removed, added);
    applied.replaced(removed, added);
  }

  /** Deletes what rules select and is old enough; gives how many records went. */
  long apply(List<RetentionRule> rules, long now) throws IOException {
    one.lock();
    try {
      long deleted = 0;
      for (RetentionRule rule : rules) {
        long until = now - rule.maxAge().toNanos();
        for (SegmentHandle handle : segments.get()) {
          if (isDue(rule, handle, until)) {
            deleted += apply(rule, handle, until);
          }
        }
      }
      applied.write(
          rules.stream().map(RetentionRule::text).collect(Collectors.toSet()), segments.get());
      return deleted;
    } finally {
      one.unlock();
    }
  }

  /** Whether enough of a segment got too old since a rule was applied to it, or the last of it. */
  private boolean isDue(RetentionRule rule, SegmentHandle handle, long until) {
    long from = Math.max(handle.info().minTime(), applied.appliedTo(rule, handle));
    return from < until
        && from <= handle.info().maxTime()
        && (handle.info().maxTime() < until || until - from >= rule.step());
  }

  private long apply(RetentionRule rule, SegmentHandle handle, long until) throws IOException {
    long from = applied.appliedTo(rule, handle);
    // Noted first, so that what is written instead of the segment inherits it.
    applied.applied(rule, handle, until);
    try {
      return delete(handle, ScanRequest.all().between(from, until - 1).where(rule.filter()));
    } catch (IOException | RuntimeException ex) {
      applied.applied(rule, handle, from);
      throw ex;
    }
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
      replace(group, List.of(write(group, null)));
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
   * Deletes the segments whose records are all older than a time, and old records from those of a
   * partition longer than a day, once it is a day of them; gives how many records went.
   */
  long dropBefore(long time) throws IOException {
    one.lock();
    try {
      long dropped =
          drop(segments.get().stream().filter((handle) -> handle.info().maxTime() < time).toList());
      ScanRequest old = ScanRequest.all().between(Long.MIN_VALUE, time - 1);
      for (SegmentHandle handle : segments.get()) {
        if (!Partitions.isDay(handle.day()) && handle.info().minTime() < time - Timestamps.DAY) {
          dropped += delete(handle, old);
        }
      }
      return dropped;
    } finally {
      one.unlock();
    }
  }

  /** Deletes the oldest partitions but the newest until the segments are small enough together. */
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
    replace(handles, List.of());
    return handles.stream().mapToLong((handle) -> handle.info().records()).sum();
  }
}
