package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.SortKey;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.BatchFrame;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.query.exec.frame.StoredRow;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
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
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows, or keeps the first ones in an order, of all rows or of each partition. With a limit
 * every worker keeps no more rows than may come out, in a heap whose worst row is at hand; a sort
 * by time then turns down blocks that can hold no better row, before they are read.
 */
public final class SortOperator extends Operator {

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
  public record Spec(
      List<SortKey> keys,
      boolean descending,
      List<String> partition,
      long offset,
      long limit,
      @Nullable String rank) {

    public Spec {
      keys = List.copyOf(keys);
      partition = List.copyOf(partition);
    }

    /** How many rows of each partition matter, where there is a limit. */
    long end() {
      // Both may be as large as a long is.
      return (limit > Long.MAX_VALUE - offset) ? Long.MAX_VALUE : offset + limit;
    }

    /** Whether so few rows come out that they may be read last. */
    boolean isShort() {
      return limit > 0 && partition.isEmpty() && end() <= MAX_UNREAD;
    }

    /** Whether only the rows with the first or last times come out. */
    public boolean isByTime() {
      return limit > 0
          && partition.isEmpty()
          && !keys.isEmpty()
          && keys.getFirst().field().equals(Field.TIME);
    }
  }

  /**
   * Up to so many rows are read only when it is known that they come out; each keeps the
   * description of its block in memory until then.
   */
  private static final int MAX_UNREAD = 10_000;

  /** What a row takes beside its values. */
  private static final int ROW_BYTES = 96;

  /** A row that may come out: its values, or where to read them. */
  private static final class Row {

    final List<SortValue> keys;

    final long sequence;

    private final int number;

    private @Nullable RecordBatch batch;

    private @Nullable StoredRow values;

    private boolean dropped;

    Row(List<SortValue> keys, long sequence, int number) {
      this.keys = keys;
      this.sequence = sequence;
      this.number = number;
    }

    StoredRow values() {
      return Objects.requireNonNull(values);
    }

    /** Keeps the values that stand at a place of columns, and tells how much memory they take. */
    long store(List<String> names, Column[] columns, int at) {
      StoredRow stored = StoredRow.of(names, columns, at);
      values = stored;
      batch = null;
      return stored.memoryBytes();
    }

    /** What the row takes beside its values. */
    long ownBytes() {
      long bytes = ROW_BYTES;
      for (SortValue key : keys) {
        bytes += key.memoryBytes();
      }
      return bytes;
    }

    long memoryBytes() {
      return ownBytes() + ((values != null) ? values.memoryBytes() : 0);
    }
  }

  public SortOperator(Spec spec, QueryContext context, Operator next) {
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

  public boolean isDescending() {
    return isDescendingTime();
  }

  public boolean isByTime() {
    return spec.isByTime();
  }

  /**
   * Whether a block may have a row that comes out: what a scan asks where the sort {@link
   * Spec#isByTime}.
   */
  public boolean mayMatch(BlockSummary block) {
    return isDescendingTime() ? block.maxTime() >= bound.get() : block.minTime() <= bound.get();
  }

  /** Takes away rows of a batch that cannot come out, where the sort {@link Spec#isByTime}. */
  public void narrow(RecordBatch batch, Bitmap rows) {
    long last = bound.get();
    boolean descending = isDescendingTime();
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
    // Which partition comes first must not depend on which block a worker happened to read first.
    Map<String, List<Row>> partitions = new TreeMap<>();
    for (Worker worker : workers) {
      worker.partitions.forEach(
          (key, rows) -> partitions.computeIfAbsent(key, (k) -> new ArrayList<>()).addAll(rows));
    }
    emit(partitions.values());
    next().finish();
  }

  /** The order, for sorting many rows, which may take seconds. */
  private Comparator<Row> watched() {
    int[] compared = new int[1];
    return (a, b) -> {
      if ((++compared[0] & 0xfff) == 0) {
        budget.check();
      }
      return compare(a, b);
    };
  }

  private void emit(Collection<List<Row>> partitions) {
    RowList out = new RowList();
    for (List<Row> rows : partitions) {
      rows.sort(watched());
      long end = (spec.limit() > 0) ? Math.min(rows.size(), spec.end()) : rows.size();
      int begin = (int) Math.min(spec.offset(), end);
      read(rows.subList(begin, (int) end));
      for (int i = begin; i < end; i++) {
        rows.get(i).values().copyTo(out);
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

  /** Reads the values of rows that come out, block by block. */
  private void read(List<Row> rows) {
    IdentityHashMap<RecordBatch, List<Row>> unread = new IdentityHashMap<>();
    for (Row row : rows) {
      if (row.batch != null) {
        unread.computeIfAbsent(row.batch, (batch) -> new ArrayList<>()).add(row);
      }
    }
    unread.forEach(
        (batch, found) -> {
          budget.check();
          budget.reserve(store(batch, found));
          batch.release();
        });
  }

  /** Reads the values of rows of a batch alone. */
  private static long store(RecordBatch batch, List<Row> rows) {
    rows.sort(Comparator.comparingInt((row) -> row.number));
    Frame few = Frame.of(batch.gather(rows.stream().mapToInt((row) -> row.number).toArray()));
    List<String> names = few.names();
    Column[] columns = StoredRow.columns(few, names, Bitmap.all(rows.size()));
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).store(names, columns, i);
    }
    return bytes;
  }

  /** Stores the values of rows of a frame, and tells how much memory they take. */
  private static long store(Frame frame, List<Row> rows) {
    Bitmap selected = Bitmap.none(frame.size());
    rows.forEach((row) -> selected.set(row.number));
    List<String> names = frame.names();
    Column[] columns = StoredRow.columns(frame, names, selected);
    long bytes = 0;
    for (Row row : rows) {
      bytes += row.store(names, columns, row.number);
    }
    return bytes;
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
          spec.keys().stream().map((key) -> key(frame, key, rows)).toArray(Column[]::new);
      Column[] partition =
          spec.partition().stream()
              .map((field) -> frame.column(field).readable(rows))
              .toArray(Column[]::new);
      List<Row> added = new ArrayList<>();
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (partition.length == 0 && isTooLate(keys, row)) {
          continue;
        }
        List<SortValue> values = (keys.length == 0) ? whole(frame, names, row) : values(keys, row);
        Row candidate = new Row(values, sequence++, row);
        if (add(
            partitions.computeIfAbsent(partition(partition, row), (key) -> open()), candidate)) {
          added.add(candidate);
        }
      }
      added.removeIf((row) -> row.dropped);
      for (Row row : added) {
        pending += row.ownBytes();
      }
      if (frame instanceof BatchFrame stored && spec.isShort()) {
        added.forEach((row) -> row.batch = stored.batch());
        stored.batch().release();
      } else if (!added.isEmpty()) {
        pending += store(frame, added);
      }
      budget.reserve(pending);
      pending = 0;
    }

    private Column key(Frame frame, SortKey key, Bitmap rows) {
      return frame.column(key.field()).readable(rows);
    }

    /** Whether a row is behind all that may come out, by its time alone. */
    private boolean isTooLate(Column[] keys, int row) {
      if (!spec.isByTime() || !(keys[0] instanceof TimeColumn times)) {
        return false;
      }
      long time = times.times()[row];
      return isDescendingTime() ? time < bound.get() : time > bound.get();
    }

    private boolean add(Collection<Row> kept, Row candidate) {
      if (kept instanceof PriorityQueue<Row> heap && heap.size() >= spec.end()) {
        Row worst = heap.peek();
        if (worst == null || order.compare(candidate, worst) >= 0) {
          return false;
        }
        Row dropped = heap.remove();
        dropped.dropped = true;
        if (dropped.values != null || dropped.batch != null) {
          pending -= dropped.memoryBytes();
        }
        heap.add(candidate);
        tighten(heap);
        return true;
      }
      kept.add(candidate);
      if (kept instanceof PriorityQueue<Row> heap && heap.size() >= spec.end()) {
        tighten(heap);
      }
      return true;
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
