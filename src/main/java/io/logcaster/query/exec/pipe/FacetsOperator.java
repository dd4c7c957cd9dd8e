package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.FieldValueCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists the most frequent values of each field: {@code facets}. Skips a field that has too many
 * distinct values, a value that is too long, or the same value in all rows.
 */
public final class FacetsOperator extends Operator implements Mergeable, SummaryReader {

  private final FacetsPipe pipe;

  private final Budget budget;

  private final @Nullable Part[] parts;

  private @Nullable Consumer<StateOutput> target;

  public FacetsOperator(FacetsPipe pipe, QueryContext context, Operator next) {
    super(next);
    this.pipe = pipe;
    budget = context.budget();
    parts = new Part[context.workers()];
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    part(worker).add(frame, rows);
    return true;
  }

  private Part part(int worker) {
    Part part = parts[worker];
    if (part == null) {
      part = new Part();
      parts[worker] = part;
    }
    return part;
  }

  @Override
  public long pushSummary(BlockSummary block, int worker) {
    Map<String, Long> names = block.fieldCounts();
    long rows = (names == null) ? 0 : names.getOrDefault(Field.TIME, 0L);
    // With fewer rows, each time may be a value of its own; they are quickly read.
    if (names == null || rows <= pipe.maxValuesPerField()) {
      return -1;
    }
    Set<String> fields = new HashSet<>(names.keySet());
    fields.remove(Field.TIME);
    Map<String, FieldValueCounts> values =
        block.valueCounts(
            fields,
            (int) Math.min(Integer.MAX_VALUE, pipe.maxValuesPerField()),
            (int) Math.min(Integer.MAX_VALUE, pipe.maxValueLength()));
    if (values == null) {
      return -1;
    }
    part(worker).add(values, rows);
    return rows;
  }

  @Override
  public void handOver(Consumer<StateOutput> elsewhere) {
    target = elsewhere;
  }

  @Override
  public void merge(StateInput state) {
    Part other = new Part();
    other.load(state);
    Part own = parts[0];
    if (own == null) {
      parts[0] = other;
    } else {
      own.merge(other);
    }
  }

  @Override
  public void finish() throws IOException {
    Part all = new Part();
    for (Part part : parts) {
      if (part != null) {
        all.merge(part);
      }
    }
    Consumer<StateOutput> elsewhere = target;
    if (elsewhere != null) {
      StateOutput out = new StateOutput();
      all.save(out);
      elsewhere.accept(out);
      next().finish();
      return;
    }
    RowList out = new RowList();
    int name = out.column("field_name");
    int value = out.column("field_value");
    int hits = out.column("hits");
    new TreeMap<>(all.fields)
        .forEach(
            (field, counts) -> {
              if (!counts.dropped && (pipe.keepConstant() || !counts.isConstant(all.rows))) {
                for (int id : counts.largest(pipe.limit())) {
                  out.set(name, field)
                      .set(value, counts.ids.value(id))
                      .set(hits, Long.toString(counts.counts[id]))
                      .end();
                }
              }
            });
    out.flush(next(), 0);
    next().finish();
  }

  private final class Part {

    private final Map<String, Counts> fields = new HashMap<>();

    private long rows;

    private long reserved;

    void add(Frame frame, Bitmap selected) {
      rows += selected.cardinality();
      for (String field : frame.names()) {
        Counts counts = fields.computeIfAbsent(field, (key) -> new Counts());
        if (!counts.dropped) {
          counts.add(frame.column(field), selected);
        }
      }
      account();
    }

    void add(Map<String, FieldValueCounts> values, long counted) {
      rows += counted;
      values.forEach(
          (field, found) -> fields.computeIfAbsent(field, (key) -> new Counts()).add(found));
      account();
    }

    void merge(Part other) {
      rows += other.rows;
      other.fields.forEach(
          (field, counts) -> fields.computeIfAbsent(field, (key) -> new Counts()).merge(counts));
      budget.release(other.reserved);
      account();
    }

    void save(StateOutput out) {
      out.number(rows).number(fields.size());
      fields.forEach(
          (field, counts) -> {
            out.text(field).flag(counts.dropped).number(counts.ids.size());
            for (int id = 0; id < counts.ids.size(); id++) {
              out.text(counts.ids.array(), counts.ids.start(id), counts.ids.end(id));
              out.number(counts.counts[id]);
            }
          });
    }

    void load(StateInput in) {
      rows = in.number();
      int size = in.count(3);
      for (int i = 0; i < size; i++) {
        Counts counts = new Counts();
        fields.put(in.string(), counts);
        boolean dropped = in.flag();
        int values = in.count(2);
        for (int value = 0; value < values; value++) {
          byte[] text = in.text();
          long count = in.number();
          int id = counts.id(text, 0, text.length);
          if (id >= 0) {
            counts.count(id, count);
          }
        }
        if (dropped) {
          counts.drop();
        }
      }
      account();
    }

    private void account() {
      long bytes = 0;
      for (Counts counts : fields.values()) {
        bytes += counts.ids.memoryBytes() + 8L * counts.counts.length;
      }
      budget.reserve(bytes - reserved);
      reserved = bytes;
    }
  }

  /** How often each value of a field occurs. */
  private final class Counts {

    private ValueIds ids = new ValueIds();

    private long[] counts = new long[8];

    private boolean dropped;

    void add(Column column, Bitmap rows) {
      if (column instanceof TimeColumn && rows.cardinality() > pipe.maxValuesPerField()) {
        drop();
        return;
      }
      int[] codes = new int[rows.size()];
      column.encode(rows, this::id, codes);
      for (int row = rows.next(0); row >= 0 && !dropped; row = rows.next(row + 1)) {
        if (codes[row] >= 0) {
          count(codes[row], 1);
        }
      }
    }

    void add(FieldValueCounts values) {
      if (values.isLimited()) {
        drop();
      }
      values
          .rows()
          .forEach(
              (text, count) -> {
                byte[] value = text.getBytes(StandardCharsets.UTF_8);
                int id = id(value, 0, value.length);
                if (id >= 0) {
                  count(id, count);
                }
              });
    }

    private int id(byte[] bytes, int from, int to) {
      if (from == to || dropped) {
        return -1;
      }
      if (to - from > pipe.maxValueLength()) {
        drop();
        return -1;
      }
      int id = ids.id(bytes, from, to);
      if (ids.size() > pipe.maxValuesPerField()) {
        drop();
        return -1;
      }
      return id;
    }

    private void drop() {
      dropped = true;
      ids = new ValueIds();
      counts = new long[0];
    }

    private void count(int id, long count) {
      counts = Arrays.copyOf(counts, Accumulator.capacity(counts.length, id + 1));
      counts[id] += count;
    }

    void merge(Counts other) {
      if (other.dropped) {
        drop();
      }
      for (int id = 0; id < other.ids.size() && !dropped; id++) {
        int here = id(other.ids.array(), other.ids.start(id), other.ids.end(id));
        if (here >= 0) {
          count(here, other.counts[id]);
        }
      }
    }

    boolean isConstant(long rows) {
      return ids.size() == 1 && counts[0] == rows;
    }

    int[] largest(long limit) {
      Integer[] order = new Integer[ids.size()];
      Arrays.setAll(order, (i) -> i);
      Arrays.sort(
          order,
          (a, b) ->
              (counts[a] != counts[b])
                  ? Long.compare(counts[b], counts[a])
                  : new String(ids.value(a), StandardCharsets.UTF_8)
                      .compareTo(new String(ids.value(b), StandardCharsets.UTF_8)));
      return Arrays.stream(order).limit(limit).mapToInt(Integer::intValue).toArray();
    }
  }
}
