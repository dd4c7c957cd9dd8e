package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.SortKey;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.BatchFrame;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.IntColumn;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BlockSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows, or keeps the first ones in an order, of all rows or of each partition: {@code sort},
 * {@code first}, {@code last}. With a limit, every worker keeps only the rows that may be part of
 * the result, in a heap with the worst row on top; a sort by time then skips blocks that cannot
 * have a better row, before they are read.
 */
public final class SortOperator extends Operator {

  private final SortSpec spec;

  private final Budget budget;

  private final Comparator<SortedRow> order;

  private final Worker[] workers;

  /**
   * The time that a row must reach to be part of the result, for a sort by time: see {@link
   * #mayMatch}.
   */
  private final AtomicLong bound;

  public SortOperator(SortSpec spec, QueryContext context, Operator next) {
    super(next);
    this.spec = spec;
    budget = context.budget();
    order = spec::compare;
    workers = new Worker[context.workers()];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i);
    }
    bound = new AtomicLong(spec.isFirstDescending() ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  /** Whether the first key sorts in descending order. */
  public boolean isDescending() {
    return spec.isFirstDescending();
  }

  /** Whether the result is only the rows with the first or last times. */
  public boolean isByTime() {
    return spec.isByTime();
  }

  /** Whether a block may have a row of the result. Only for a sort that {@link #isByTime}. */
  public boolean mayMatch(BlockSummary block) {
    return spec.isFirstDescending()
        ? block.maxTime() >= bound.get()
        : block.minTime() <= bound.get();
  }

  /**
   * Clears rows of a batch that cannot be part of the result. Only for a sort that {@link
   * #isByTime}.
   */
  public void narrow(RecordBatch batch, Bitmap rows) {
    long last = bound.get();
    boolean descending = spec.isFirstDescending();
    if (descending ? batch.minTime() >= last : batch.maxTime() <= last) {
      return;
    }
    long[] times = batch.times();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (descending ? times[row] < last : times[row] > last) {
        rows.clear(row);
      }
    }
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    workers[worker].add(frame, rows);
    return true;
  }

  @Override
  public void finish() throws IOException {
    // The order of partitions must not depend on which worker read which block.
    Map<String, List<SortedRow>> partitions = new TreeMap<>();
    for (Worker worker : workers) {
      worker.partitions.forEach(
          (key, rows) -> partitions.computeIfAbsent(key, (k) -> new ArrayList<>()).addAll(rows));
    }
    emit(partitions.values());
    next().finish();
  }

  /** The order, which also checks the budget: sorting many rows may take seconds. */
  private Comparator<SortedRow> watched() {
    int[] compared = new int[1];
    return (a, b) -> {
      if ((++compared[0] & 0xfff) == 0) {
        budget.check();
      }
      return order.compare(a, b);
    };
  }

  private void emit(Collection<List<SortedRow>> partitions) {
    RowList out = new RowList();
    for (List<SortedRow> rows : partitions) {
      rows.sort(watched());
      long end = (spec.limit() > 0) ? Math.min(rows.size(), spec.end()) : rows.size();
      int begin = (int) Math.min(spec.offset(), end);
      read(rows.subList(begin, (int) end));
      for (int i = begin; i < end; i++) {
        rows.get(i).copyTo(out);
        if (spec.rank() != null) {
          out.set(out.column(spec.rank()), Integer.toString(i + 1));
        }
        out.end();
        if (out.isFull()) {
          budget.check();
          if (!out.flush(next(), 0)) {
            return;
          }
        }
      }
    }
    out.flush(next(), 0);
  }

  /** Reads the values of rows of the result, block by block. */
  private void read(List<SortedRow> rows) {
    IdentityHashMap<RecordBatch, List<SortedRow>> unread = new IdentityHashMap<>();
    for (SortedRow row : rows) {
      RecordBatch batch = row.batch();
      if (batch != null) {
        unread.computeIfAbsent(batch, (key) -> new ArrayList<>()).add(row);
      }
    }
    unread.forEach(
        (batch, found) -> {
          budget.check();
          budget.reserve(SortedRow.store(batch, found));
          batch.release();
        });
  }

  /** The rows that one worker keeps. */
  private final class Worker {

    private final Map<String, Collection<SortedRow>> partitions = new LinkedHashMap<>();

    /** Where keys are equal, earlier rows come first, and rows of lower workers. */
    private long sequence;

    private long pending;

    Worker(int number) {
      sequence = (long) number << 48;
    }

    void add(Frame frame, Bitmap all) {
      List<String> names = frame.names();
      Bitmap rows = candidates(frame, all);
      Column[] keys =
          spec.keys().stream().map((key) -> key(frame, key, rows)).toArray(Column[]::new);
      Column[] partition =
          spec.partition().stream()
              .map((field) -> frame.column(field).readable(rows))
              .toArray(Column[]::new);
      List<SortedRow> added = new ArrayList<>();
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (partition.length == 0 && isTooLate(keys, row)) {
          continue;
        }
        List<SortValue> values = (keys.length == 0) ? whole(frame, names, row) : values(keys, row);
        SortedRow candidate = new SortedRow(values, sequence++, row);
        if (add(
            partitions.computeIfAbsent(partition(partition, row), (key) -> open()), candidate)) {
          added.add(candidate);
        }
      }
      added.removeIf(SortedRow::isDropped);
      for (SortedRow row : added) {
        pending += row.ownBytes();
      }
      if (frame instanceof BatchFrame stored && spec.isShort()) {
        added.forEach((row) -> row.readLater(stored.batch()));
        stored.batch().release();
      } else if (!added.isEmpty()) {
        pending += SortedRow.store(frame, added);
      }
      budget.reserve(pending);
      pending = 0;
    }

    /**
     * The rows that may come out by their first key alone, so that the other keys are read for
     * these rows only.
     */
    private Bitmap candidates(Frame frame, Bitmap rows) {
      if (!spec.isShort() || spec.isByTime() || spec.keys().size() < 2) {
        return rows;
      }
      Column first = key(frame, spec.keys().getFirst(), rows);
      FirstKeys keys =
          new FirstKeys((row) -> value(first, 0, row), spec.isFirstDescending(), (int) spec.end());
      return keys.candidates(rows, worstFirstKey());
    }

    /** The first key of the worst row that is kept; null if there is room for any row. */
    private @Nullable SortValue worstFirstKey() {
      if (partitions.get("") instanceof PriorityQueue<SortedRow> heap
          && heap.size() >= spec.end()) {
        return heap.element().keys().getFirst();
      }
      return null;
    }

    private Column key(Frame frame, SortKey key, Bitmap rows) {
      Column column = frame.column(key.field());
      return (column instanceof IntColumn) ? column : column.readable(rows);
    }

    /** Whether a row's time alone excludes it from the result. */
    private boolean isTooLate(Column[] keys, int row) {
      if (!spec.isByTime() || !(keys[0] instanceof TimeColumn times)) {
        return false;
      }
      long time = times.times()[row];
      return spec.isFirstDescending() ? time < bound.get() : time > bound.get();
    }

    private boolean add(Collection<SortedRow> kept, SortedRow candidate) {
      if (kept instanceof PriorityQueue<SortedRow> heap && heap.size() >= spec.end()) {
        SortedRow worst = heap.peek();
        if (worst == null || order.compare(candidate, worst) >= 0) {
          return false;
        }
        pending -= heap.remove().drop();
        heap.add(candidate);
        tighten(heap);
        return true;
      }
      kept.add(candidate);
      if (kept instanceof PriorityQueue<SortedRow> heap && heap.size() >= spec.end()) {
        tighten(heap);
      }
      return true;
    }

    /** Tightens the bound by the worst row of a full heap. */
    private void tighten(PriorityQueue<SortedRow> heap) {
      SortedRow worst = heap.peek();
      if (spec.isByTime() && worst != null && worst.keys().getFirst().isTime()) {
        long time = worst.keys().getFirst().time();
        bound.accumulateAndGet(time, spec.isFirstDescending() ? Math::max : Math::min);
      }
    }

    private Collection<SortedRow> open() {
      return (spec.limit() > 0) ? new PriorityQueue<>(order.reversed()) : new ArrayList<>();
    }

    private List<SortValue> values(Column[] keys, int row) {
      if (keys.length == 1) {
        return List.of(value(keys[0], 0, row));
      }
      List<SortValue> values = new ArrayList<>(keys.length);
      for (int i = 0; i < keys.length; i++) {
        values.add(value(keys[i], i, row));
      }
      return values;
    }

    private SortValue value(Column key, int i, int row) {
      return SortValue.of(key, row, spec.keys().get(i).field().equals(Field.TIME));
    }

    private List<SortValue> whole(Frame frame, List<String> names, int row) {
      ByteBuilder text = new ByteBuilder(128);
      JsonRows.row(frame, names, row, text);
      return List.of(SortValue.text(text.toByteArray()));
    }

    private String partition(Column[] columns, int row) {
      if (columns.length == 1) {
        return columns[0].text(row);
      }
      StringBuilder key = new StringBuilder();
      for (Column column : columns) {
        String value = column.text(row);
        key.append(value).append('\0').append(value.length()).append(':');
      }
      return key.toString();
    }
  }
}
