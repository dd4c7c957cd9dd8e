package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.DeleteProgress;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites segments: merges them, deletes records from them, drops them. Runs one rewrite at a
 * time, concurrently with flushes and scans.
 */
final class Rewriter {

  private static final Logger LOG = LoggerFactory.getLogger(Rewriter.class);

  /** Writes a new segment. Leaves no file behind on failure. */
  @FunctionalInterface
  interface Writer {

    SegmentHandle write(
        String day, long sequence, List<RecordBatch> batches, List<@Nullable Bitmap> keep)
        throws IOException;
  }

  private final Supplier<List<SegmentHandle>> segments;
  private final Writer writer;
  private final SegmentChange change;

  /**
   * Held during each rewrite, so that no two rewrites touch the same segment. Fair, because a
   * deletion releases it between segments to let others in.
   */
  private final ReentrantLock one = new ReentrantLock(true);

  /** Guarded by {@link #one}. */
  private final AppliedRules applied;

  /** Guarded by {@link #one}. */
  private final RunningDeletions deletions = new RunningDeletions();

  /** Damaged segments, which can only be dropped as a whole. Guarded by {@link #one}. */
  private final Set<SegmentHandle> damaged = new HashSet<>();

  private final Damage damage;

  Rewriter(
      Supplier<List<SegmentHandle>> segments,
      Writer writer,
      SegmentChange change,
      AppliedRules applied,
      Damage damage) {
    this.segments = segments;
    this.writer = writer;
    this.change = change;
    this.applied = applied;
    this.damage = damage;
  }

  /**
   * Deletes the records that a request selects and returns their number.
   *
   * @throws IOException if segments are damaged, after all others were processed
   */
  long delete(ScanRequest request, DeleteProgress progress) throws IOException {
    RunningDeletions.Deletion deletion = begin();
    int total = deletion.left.size();
    long deleted = 0;
    List<String> unreadable = new ArrayList<>();
    try {
      for (int done = 0; ; done++) {
        progress.progress(Math.min(done, total), total, deleted);
        if (request.cancelled().getAsBoolean()) {
          return deleted;
        }
        one.lock();
        try {
          Iterator<SegmentHandle> next = deletion.left.iterator();
          if (!next.hasNext()) {
            break;
          }
          SegmentHandle handle = next.next();
          next.remove();
          deleted += deleteReadable(handle, request, unreadable);
        } finally {
          one.unlock();
        }
      }
    } finally {
      end(deletion);
    }
    progress.progress(total, total, deleted);
    if (!unreadable.isEmpty()) {
      throw new IOException(
          "%d records were deleted, but none from %d segments that cannot be read: %s"
              .formatted(deleted, unreadable.size(), String.join("; ", unreadable)));
    }
    return deleted;
  }

  private RunningDeletions.Deletion begin() {
    one.lock();
    try {
      return deletions.begin(segments.get());
    } finally {
      one.unlock();
    }
  }

  private void end(RunningDeletions.Deletion deletion) {
    one.lock();
    try {
      deletions.end(deletion);
    } finally {
      one.unlock();
    }
  }

  /** Deletes from a segment. If it is damaged, reports that and deletes nothing. */
  private long deleteReadable(SegmentHandle handle, ScanRequest request, List<String> unreadable)
      throws IOException {
    try {
      return delete(handle, request);
    } catch (IOException | RuntimeException | InternalError ex) {
      CorruptSegmentException found = CorruptSegmentException.of(ex, handle.reader());
      if (found == null) {
        throw ex;
      }
      if (found.isDamage()) {
        damaged.add(handle);
        damage.found(found);
      }
      unreadable.add(String.valueOf(found.getMessage()));
      return 0;
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

  private void replace(List<SegmentHandle> removed, List<SegmentHandle> written)
      throws IOException {
    List<SegmentHandle> added = change.replace(removed, written);
    removed.forEach(damaged::remove);
    deletions.replaced(removed, added);
    applied.replaced(removed, added);
  }

  /**
   * Replaces a segment by another with the same records.
   *
   * @return false if it is no longer in use, or damaged
   */
  boolean swap(SegmentHandle before, SegmentHandle after) throws IOException {
    one.lock();
    try {
      if (!segments.get().contains(before) || damaged.contains(before)) {
        return false;
      }
      replace(List.of(before), List.of(after));
      return true;
    } finally {
      one.unlock();
    }
  }

  /** Runs work while no segment is rewritten. */
  void whileUnchanged(SegmentChange.Work work) throws IOException {
    one.lock();
    try {
      work.run();
    } finally {
      one.unlock();
    }
  }

  /** Deletes the records that rules select and that are old enough; returns their number. */
  long apply(List<RetentionRule> rules, long now) throws IOException {
    one.lock();
    try {
      long deleted = 0;
      for (RetentionRule rule : rules) {
        long until = now - rule.maxAge().toNanos();
        for (SegmentHandle handle : segments.get()) {
          if (!damaged.contains(handle) && isDue(rule, handle, until)) {
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

  /** Keeps what is known of rules, also after merges that followed their last application. */
  void close() {
    one.lock();
    try {
      applied.write(segments.get());
    } catch (IOException ex) {
      LOG.debug("Segments will be read again by retention rules", ex);
    } finally {
      one.unlock();
    }
  }

  /** Whether all of a segment, or enough since the rule was last applied, has become too old. */
  private boolean isDue(RetentionRule rule, SegmentHandle handle, long until) {
    long from = Math.max(handle.info().minTime(), applied.appliedTo(rule, handle));
    return from < until
        && from <= handle.info().maxTime()
        && (handle.info().maxTime() < until || until - from >= rule.step());
  }

  private long apply(RetentionRule rule, SegmentHandle handle, long until) throws IOException {
    long from = applied.appliedTo(rule, handle);
    // Recorded first, so that the segment that replaces this one inherits it.
    applied.applied(rule, handle, until);
    try {
      List<String> unreadable = new ArrayList<>();
      long deleted =
          deleteReadable(
              handle, ScanRequest.all().between(from, until - 1).where(rule.filter()), unreadable);
      if (!unreadable.isEmpty() && !damaged.contains(handle)) {
        applied.applied(rule, handle, from);
      }
      return deleted;
    } catch (IOException | RuntimeException ex) {
      applied.applied(rule, handle, from);
      throw ex;
    }
  }

  /**
   * Merges segments of one level in one partition into one.
   *
   * @param among which segments may be merged; those in object storage never are
   * @return whether there was anything to merge
   */
  boolean mergeOnce(MergePolicy policy, Predicate<SegmentHandle> among) throws IOException {
    one.lock();
    try {
      List<SegmentHandle> candidates = new ArrayList<>(segments.get());
      candidates.removeAll(damaged);
      candidates.removeIf((segment) -> segment.isTiered() || !among.test(segment));
      deletions.exclude(candidates);
      List<SegmentHandle> group = policy.choose(candidates, MergePolicy.Measure::of);
      if (group.isEmpty()) {
        return false;
      }
      try {
        replace(group, List.of(write(group, null)));
      } catch (IOException | RuntimeException | InternalError ex) {
        if (!excludeDamaged(group)) {
          throw ex;
        }
      }
      return true;
    } finally {
      one.unlock();
    }
  }

  /** Excludes damaged segments of a group from further merges. Returns whether there are any. */
  private boolean excludeDamaged(List<SegmentHandle> group) throws IOException {
    int before = damaged.size();
    for (SegmentHandle handle : group) {
      try {
        handle.reader().verify();
      } catch (IOException | RuntimeException | InternalError ex) {
        CorruptSegmentException found = CorruptSegmentException.of(ex, handle.reader());
        if (found == null) {
          throw ex;
        }
        damaged.add(handle);
        damage.found(found);
      }
    }
    return damaged.size() > before;
  }

  /** Writes segments of one partition into one; {@code keep} selects the rows of each block. */
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
   * Deletes the segments whose records are all older than a time. From segments of a month or a
   * year, deletes the old records when these cover more than a day. Returns the number of records.
   */
  long dropBefore(long time) throws IOException {
    one.lock();
    try {
      long dropped =
          drop(segments.get().stream().filter((handle) -> handle.info().maxTime() < time).toList());
      ScanRequest old = ScanRequest.all().between(Long.MIN_VALUE, time - 1);
      for (SegmentHandle handle : segments.get()) {
        if (!Partitions.isDay(handle.day())
            && !damaged.contains(handle)
            && handle.info().minTime() < time - Timestamps.DAY) {
          dropped += deleteReadable(handle, old, new ArrayList<>());
        }
      }
      return dropped;
    } finally {
      one.unlock();
    }
  }

  /**
   * Deletes the oldest partitions, except the newest, until the segments take at most some bytes of
   * the local disk. Leaves segments in object storage, which take next to nothing of it.
   */
  long shrinkTo(long bytes) throws IOException {
    one.lock();
    try {
      long dropped = 0;
      List<SegmentHandle> left = segments.get();
      List<String> days = left.stream().map(SegmentHandle::day).distinct().sorted().toList();
      for (String day : days.subList(0, Math.max(0, days.size() - 1))) {
        if (segments.get().stream().mapToLong(SegmentHandle::localBytes).sum() <= bytes) {
          break;
        }
        dropped +=
            drop(
                left.stream()
                    .filter((handle) -> handle.day().equals(day) && !handle.isTiered())
                    .toList());
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
