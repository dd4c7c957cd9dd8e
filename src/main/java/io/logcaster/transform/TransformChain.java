package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.WorkLimit;
import io.logcaster.storage.RowFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiled transforms with what they hold back. Used by one thread at a time. */
final class TransformChain {

  private static final Logger LOG = LoggerFactory.getLogger(TransformChain.class);

  /** After so many rows of a batch have failed one by one, the others are not tried. */
  private static final int MAX_FAILURES = 16;

  /** A step may multiply the size of a batch, but not endlessly. */
  private static final long MAX_BYTES = 64L << 20;

  /** The same for one record, when rows are tried one by one. */
  private static final long MAX_ROW_BYTES = 4L << 20;

  /**
   * One transform.
   *
   * @param filter null for all records
   * @param literals texts of which each record that the filter selects has one; empty for none
   */
  record Link(
      String name,
      @Nullable RowFilter filter,
      List<String> literals,
      Step step,
      TransformCounters counters,
      ErrorMarks marks) {}

  /** Watches works as they leave a step, for the preview. */
  @FunctionalInterface
  interface Watcher {
    void left(int link, Work work, int selected, long nanos);
  }

  static final Watcher NOBODY = (link, work, selected, nanos) -> {};

  private final List<Link> links;

  /** For each link the first one with the same filter. */
  private final int[] sames;

  private final @Nullable MessageScan scan;
  private final Finish finish;
  private final Watcher watcher;
  private final TakenRows taken;

  TransformChain(List<Link> links, Finish finish, Watcher watcher) {
    this.links = List.copyOf(links);
    this.sames = sames(this.links);
    this.scan = MessageScan.of(this.links);
    this.finish = finish;
    this.watcher = watcher;
    this.taken = new TakenRows(this.links);
  }

  @SuppressWarnings("ReferenceEquality") // equal filters are the same object
  private static int[] sames(List<Link> links) {
    int[] sames = new int[links.size()];
    for (int i = 0; i < sames.length; i++) {
      while (links.get(sames[i]).filter() != links.get(i).filter()) {
        sames[i]++;
      }
    }
    return sames;
  }

  /** Who sees the records that are not stored; copies are made only while it watches. */
  void watchedBy(TakenListener listener) {
    taken.watchedBy(listener);
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** Runs the transforms on a batch; what it releases of earlier batches comes first. */
  List<Portion> run(Work work) {
    List<Portion> done = new ArrayList<>(1);
    run(work, 0, done);
    return done;
  }

  /** Releases what was held back for long enough. */
  List<Portion> expire(long now, boolean all) {
    List<Portion> done = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      Step step = links.get(i).step();
      if (all || step.due() <= now) {
        List<Work> emitted = new ArrayList<>();
        step.expire(now, all, emitted);
        for (Work work : emitted) {
          watcher.left(i, work, 0, 0);
          run(work, i + 1, done);
        }
      }
    }
    return done;
  }

  /** When something held back is due, by {@link System#nanoTime}; the largest for never. */
  long due() {
    long due = Long.MAX_VALUE;
    for (Link link : links) {
      due = Math.min(due, link.step().due());
    }
    return due;
  }

  @SuppressWarnings("ReferenceEquality") // an untouched batch is the same object
  private void run(Work work, int from, List<Portion> done) {
    RecordBatch original = work.batch;
    @Nullable Judged[] judged = new Judged[links.size()];
    for (int i = from; i < links.size(); i++) {
      Link link = links.get(i);
      Bitmap rows = selected(i, work, judged);
      int count = rows.cardinality();
      if (count == 0) {
        watcher.left(i, work, 0, 0);
        continue;
      }
      if (link.step().takesRecords() && work.batch != original) {
        // Whoever takes records out of this batch must see what they are by now.
        work.batch = finish.settled(original, work.batch);
        original = work.batch;
      }
      long began = System.nanoTime();
      int before = removals(work);
      TakenRows.Before watched = taken.isWatched() ? TakenRows.Before.of(work) : null;
      apply(link, work, rows);
      long took = System.nanoTime() - began;
      link.counters().passed(count, removals(work) - before, took);
      if (watched != null) {
        taken.show(i, watched, work);
      }
      watcher.left(i, work, count, took);
      if (!work.emitted.isEmpty()) {
        List<Work> emitted = List.copyOf(work.emitted);
        work.emitted.clear();
        for (Work other : emitted) {
          watcher.left(i, other, 0, 0);
          run(other, i + 1, done);
        }
      }
    }
    done.add(finish.portion(work, original));
    if (scan != null) {
      scan.forget();
    }
  }

  private static int removals(Work work) {
    int sum = 0;
    for (int rows : work.removed.values()) {
      sum += rows;
    }
    return sum;
  }

  /** Rows that a filter selected while a batch was as it was then. */
  private record Judged(RecordBatch batch, Bitmap rows) {}

  @SuppressWarnings("ReferenceEquality") // a changed batch is another object
  private Bitmap selected(int index, Work work, @Nullable Judged[] judged) {
    Link link = links.get(index);
    int same = sames[index];
    Bitmap rows = work.alive.copy();
    RowFilter filter = link.filter();
    if (filter == null || rows.isEmpty()) {
      return rows;
    }
    Judged known = judged[same];
    if (known != null && known.batch() == work.batch) {
      rows.and(known.rows()); // rows leave a batch, but none comes
      return rows;
    }
    try {
      if (scan != null) {
        scan.narrow(index, work.batch, rows);
      }
      if (!rows.isEmpty()) {
        filter.retain(work.batch, rows);
      }
      judged[same] = new Judged(work.batch, rows.copy());
    } catch (RuntimeException | StackOverflowError ex) {
      LOG.warn("The filter of transform {} failed on a batch, which skips it", link.name(), ex);
      rows = work.alive.copy();
      link.counters().error(rows.cardinality());
      link.marks().mark(work, rows, reason(ex));
      rows.clear();
    }
    return rows;
  }

  private void apply(Link link, Work work, Bitmap rows) {
    RecordBatch before = work.batch;
    Bitmap alive = work.alive.copy();
    try {
      limited(MAX_BYTES, () -> link.step().apply(work, rows));
    } catch (RuntimeException | StackOverflowError ex) {
      LOG.debug("Transform {} failed on a batch", link.name(), ex);
      work.batch = before;
      work.alive.or(alive);
      if (link.step().isStateless() && rows.cardinality() > 1) {
        oneByOne(link, work, rows);
      } else {
        fail(link, work, rows, ex);
      }
    }
  }

  /** Finds the rows that fail, so that the others are changed. */
  private void oneByOne(Link link, Work work, Bitmap rows) {
    Bitmap failed = Bitmap.none(rows.size());
    Bitmap good = rows.copy();
    Throwable cause = null;
    int failures = 0;
    RecordBatch before = work.batch;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (failures >= MAX_FAILURES) {
        failed.set(row);
        good.clear(row);
        continue;
      }
      Bitmap one = Bitmap.none(1);
      one.set(0);
      Work single = new Work(before.gather(new int[] {row}), work.receipts, null, false);
      try {
        limited(MAX_ROW_BYTES, () -> link.step().apply(single, one));
      } catch (RuntimeException | StackOverflowError ex) {
        cause = ex;
        failures++;
        failed.set(row);
        good.clear(row);
      }
    }
    if (!good.isEmpty()) {
      try {
        limited(MAX_BYTES, () -> link.step().apply(work, good));
      } catch (RuntimeException | StackOverflowError ex) {
        work.batch = before;
        cause = ex;
        failed.or(good);
      }
    }
    if (cause != null) {
      fail(link, work, failed, cause);
    }
  }

  private static void fail(Link link, Work work, Bitmap rows, Throwable cause) {
    link.counters().error(rows.cardinality());
    link.marks().mark(work, rows, reason(cause));
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return (message == null) ? cause.getClass().getSimpleName() : message;
  }

  private static void limited(long bytes, Runnable action) {
    ScopedValue.where(WorkLimit.CURRENT, new StepLimit(bytes)).run(action);
  }

  /** The memory of one step. */
  private static final class StepLimit implements WorkLimit {

    private final long most;
    private long used;

    StepLimit(long most) {
      this.most = most;
    }

    @Override
    public void grow(long bytes) {
      used += bytes;
      if (used > most) {
        throw new IllegalStateException("the record became too large");
      }
    }

    @Override
    public void hold(long bytes) {
      grow(bytes);
    }

    @Override
    public void check() {
      // The expressions are linear in time, and the values are bounded.
    }

    @Override
    public WorkLimit part() {
      return this;
    }

    @Override
    public void close() {
      // Nothing is shared.
    }
  }
}
