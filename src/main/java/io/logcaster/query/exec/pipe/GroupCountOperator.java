package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of each distinct set of values: {@code uniq}, {@code top} and {@code
 * field_values}.
 */
public final class GroupCountOperator extends Operator {

  private final List<String> fields;

  private final @Nullable String hits;

  private final @Nullable String rank;

  private final long limit;

  private final boolean largestFirst;

  private final Budget budget;

  private final @Nullable Part[] parts;

  private GroupCountOperator(
      List<String> fields,
      @Nullable String hits,
      @Nullable String rank,
      long limit,
      boolean largestFirst,
      QueryContext context,
      Operator next) {
    super(next);
    this.fields = fields;
    this.hits = hits;
    this.rank = rank;
    this.limit = limit;
    this.largestFirst = largestFirst;
    budget = context.budget();
    parts = new Part[context.workers()];
  }

  public static Operator uniq(UniqPipe pipe, QueryContext context, Operator next) {
    return new GroupCountOperator(
        pipe.fields(), pipe.hits(), null, pipe.limit(), false, context, next);
  }

  public static Operator top(TopPipe pipe, QueryContext context, Operator next) {
    return new GroupCountOperator(
        pipe.fields(), pipe.hits(), pipe.rank(), pipe.limit(), true, context, next);
  }

  public static Operator values(FieldValuesPipe pipe, QueryContext context, Operator next) {
    String hits = pipe.field().equals("hits") ? "hitss" : "hits";
    return new GroupCountOperator(
        List.of(pipe.field()), hits, null, pipe.limit(), false, context, next);
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
  public boolean push(Frame frame, Bitmap rows, int worker) {
    return part(worker).add(frame, rows, null);
  }

  @Override
  public @Nullable Agreement countedBy() {
    return fields.contains(Field.TIME) ? null : new Agreement(Set.copyOf(fields), null);
  }

  @Override
  public boolean pushCounts(Frame cells, Bitmap rows, long[] counts, int worker) {
    return part(worker).add(cells, rows, counts);
  }

  @Override
  public void finish() throws IOException {
    Part all = part(0);
    for (int worker = 1; worker < parts.length; worker++) {
      Part other = parts[worker];
      if (other != null) {
        all.merge(other);
        parts[worker] = null;
      }
    }
    emit(all);
    next().finish();
  }

  private void emit(Part part) {
    int size = fields.isEmpty() ? 0 : part.groups.size();
    Integer[] order = new Integer[size];
    Arrays.setAll(order, (i) -> i);
    if (largestFirst) {
      String[] texts = new String[size];
      ByteBuilder text = new ByteBuilder(32);
      Arrays.setAll(texts, (i) -> text(part, i, text));
      Arrays.sort(
          order,
          (a, b) ->
              (part.counts[a] != part.counts[b])
                  ? Long.compare(part.counts[b], part.counts[a])
                  : texts[a].compareTo(texts[b]));
    }
    boolean cut = limit > 0 && size > limit;
    RowList out = new RowList();
    int[] columns = fields.stream().mapToInt(out::column).toArray();
    ByteBuilder value = new ByteBuilder(32);
    for (int i = 0; i < (cut ? limit : size); i++) {
      for (int f = 0; f < columns.length; f++) {
        value.truncate(0);
        part.groups.print(order[i], f, value);
        out.set(columns[f], value);
      }
      if (hits != null) {
        // Counts are not known where groups were turned down.
        out.set(
            out.column(hits), Long.toString((cut && !largestFirst) ? 0 : part.counts[order[i]]));
      }
      if (rank != null) {
        out.set(out.column(rank), Integer.toString(i + 1));
      }
      out.end();
      if (out.isFull()) {
        budget.check();
        if (!out.flush(next(), 0)) {
          return;
        }
      }
    }
    out.flush(next(), 0);
  }

  private String text(Part part, int group, ByteBuilder text) {
    text.truncate(0);
    for (int f = 0; f < fields.size(); f++) {
      part.groups.print(group, f, text);
      text.append('\0');
    }
    return text.toString();
  }

  /** What one worker counted. */
  private final class Part {

    private final GroupKeys groups =
        new GroupKeys(fields.stream().map(GroupCountOperator::key).toList());

    private long[] counts = new long[16];

    private int[] codes = new int[0];

    private long reserved;

    boolean add(Frame frame, Bitmap rows, long @Nullable [] rowCounts) {
      if (codes.length < frame.size()) {
        codes = new int[frame.size()];
      }
      groups.encode(frame, rows, codes);
      grow();
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        counts[codes[row]] += (rowCounts == null) ? 1 : rowCounts[row];
      }
      account();
      // Without counts, enough groups are enough.
      return hits != null || limit == 0 || groups.size() <= limit;
    }

    void merge(Part other) {
      int[] mapping = groups.merge(other.groups);
      grow();
      for (int i = 0; i < mapping.length; i++) {
        counts[mapping[i]] += other.counts[i];
      }
      budget.release(other.reserved);
      account();
    }

    private void grow() {
      counts = Arrays.copyOf(counts, Accumulator.capacity(counts.length, groups.size()));
    }

    private void account() {
      long bytes = groups.memoryBytes() + 8L * counts.length;
      budget.reserve(bytes - reserved);
      reserved = bytes;
    }
  }

  private static Supplier<KeyColumn> key(String field) {
    return () -> new KeyColumn.Values(field, null);
  }
}
