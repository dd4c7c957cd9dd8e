package io.logcaster.query.exec;

import io.logcaster.query.ast.SortKey;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows, or keeps the first ones in an order, of all rows or of each partition. With a limit
 * every worker keeps no more rows than may come out, in a heap whose worst row is at hand; a sort
 * by time then turns down blocks that can hold no better row, before they are read.
 */
final class SortOperator extends Operator {

  private final Spec spec;

  private final Budget budget;

  private final Comparator<Row> order;

  private final Worker[] workers;

  /**
   * Keys of rows that cannot come out any more, in the direction of the sort: see {@link
   * #mayMatch}.
   */
  private final AtomicLong bound;

  /**
   * What to do.
   *
   * @param keys the fields to sort by; none for all fields
   * @param descending the direction of a sort by all fields
   * @param partition fields that make partitions
   * @param offset how many rows of each partition to leave out
   * @param limit how many to give then, 0 for all
   * @param rank the field that gets a row's place, counted from 1
   */
  record Spec(
      List<SortKey> keys,
      boolean descending,
      List<String> partition,
      long offset,
      long limit,
      @Nullable String rank) {

    Spec {
      keys = List.copyOf(keys);
      partition = List.copyOf(partition);
    }

    /** Whether only the rows with the first or last times come out. */
    boolean isByTime() {
      return limit > 0
          && partition.isEmpty()
          && !keys.isEmpty()
          && keys.getFirst().field().equals(Field.TIME);
    }
  }

  private record Row(List<SortValue> keys, long sequence, StoredRow values) {}

  SortOperator(Spec spec, QueryContext context, Operator next) {
    super(next);
    this.spec = spec;
    budget = context.budget();
    order = this::compare;
    workers = new Worker[context.workers()];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i);
    }
    bound = new AtomicLong(isDescendingTime() ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  private boolean isDescendingTime() {
    return !spec.keys().isEmpty() && spec.keys().getFirst().descending();
  }

  private int compare(Row a, Row b) {
    for (int i = 0; i < a.keys.size(); i++) {
      int result = SortValue.compare(a.keys.get(i), b.keys.get(i));
      if (result != 0) {
        boolean descending =
            spec.keys().isEmpty() ? spec.descending() : spec.keys().get(i).descending();
        return descending ? -result : result;
      }
    }
    return Long.compare(a.sequence, b.sequence);
  }

  boolean isDescending() {
    return isDescendingTime();
  }

  boolean isByTime() {
    return spec.isByTime();
  }

  /**
   * Whether a block may have a row that comes out: what a scan asks where the sort {@link
   * Spec#isByTime}.
   */
  boolean mayMatch(BlockSummary block) {
    return isDescendingTime() ? block.maxTime() >= bound.get() : block.minTime() <= bound.get();
  }

  @Override
  boolean push(Frame frame, Bitmap rows, int worker) {
    workers[worker].add(frame, rows);
    return true;
  }

  @Override
  void finish() throws IOException {
    Map<String, List<Row>> partitions = new LinkedHashMap<>();
    for (Worker worker : workers) {
      worker.partitions.forEach(
          (key, rows) -> partitions.computeIfAbsent(key, (k) -> new ArrayList<>()).addAll(rows));
    }
    emit(partitions.values());
    next().finish();
  }

  private void emit(Collection<List<Row>> partitions) {
    RowList out = new RowList();
    for (List<Row> rows : partitions) {
      rows.sort(order);
      long end =
          (spec.limit() > 0) ? Math.min(rows.size(), spec.offset() + spec.limit()) : rows.size();
      for (int i = (int) Math.min(spec.offset(), end); i < end; i++) {
        rows.get(i).values.copyTo(out);
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

  /** The rows that one worker keeps. */
  private final class Worker {

    private final Map<String, Collection<Row>> partitions = new LinkedHashMap<>();

    /** Earlier rows win where keys are equal; workers in turn. */
    private long sequence;

    private long pending;

    Worker(int number) {
      sequence = (long) number << 48;
    }

    void add(Frame frame, Bitmap rows) {
      List<String> names = frame.names();
      Column[] keys =
          spec.keys().stream().map((key) -> frame.column(key.field())).toArray(Column[]::new);
      Column[] partition = spec.partition().stream().map(frame::column).toArray(Column[]::new);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        List<SortValue> values = (keys.length == 0) ? whole(frame, names, row) : values(keys, row);
        add(
            partitions.computeIfAbsent(partition(partition, row), (key) -> open()),
            frame,
            names,
            row,
            values);
      }
      budget.reserve(pending);
      pending = 0;
    }

    private void add(
        Collection<Row> kept, Frame frame, List<String> names, int row, List<SortValue> keys) {
      if (kept instanceof PriorityQueue<Row> heap && heap.size() >= spec.offset() + spec.limit()) {
        Row worst = heap.peek();
        if (worst == null || order.compare(new Row(keys, sequence, worst.values), worst) >= 0) {
          return;
        }
        pending -= heap.remove().values.memoryBytes();
        keep(heap, frame, names, row, keys);
        tighten(heap);
        return;
      }
      keep(kept, frame, names, row, keys);
    }

    private void keep(
        Collection<Row> kept, Frame frame, List<String> names, int row, List<SortValue> keys) {
      StoredRow values = StoredRow.of(frame, names, row);
      pending += values.memoryBytes();
      kept.add(new Row(keys, sequence++, values));
    }

    /** Tells the scan what rows need not be read any more. */
    private void tighten(PriorityQueue<Row> heap) {
      Row worst = heap.peek();
      if (spec.isByTime() && worst != null && worst.keys.getFirst().isTime()) {
        long time = worst.keys.getFirst().time();
        bound.accumulateAndGet(time, isDescendingTime() ? Math::max : Math::min);
      }
    }

    private Collection<Row> open() {
      return (spec.limit() > 0) ? new PriorityQueue<>(order.reversed()) : new ArrayList<>();
    }

    private List<SortValue> values(Column[] keys, int row) {
      if (keys.length == 1) {
        return List.of(value(keys, 0, row));
      }
      List<SortValue> values = new ArrayList<>(keys.length);
      for (int i = 0; i < keys.length; i++) {
        values.add(value(keys, i, row));
      }
      return values;
    }

    private SortValue value(Column[] keys, int i, int row) {
      return SortValue.of(keys[i], row, spec.keys().get(i).field().equals(Field.TIME));
    }

    private List<SortValue> whole(Frame frame, List<String> names, int row) {
      ByteBuilder text = new ByteBuilder(128);
      JsonText.row(frame, names, row, text);
      return List.of(SortValue.text(text.toByteArray()));
    }

    private String partition(Column[] columns, int row) {
      if (columns.length == 0) {
        return "";
      }
      StringBuilder key = new StringBuilder();
      for (Column column : columns) {
        String value = column.text(row);
        key.append(value.length()).append(':').append(value);
      }
      return key.toString();
    }
  }
}
