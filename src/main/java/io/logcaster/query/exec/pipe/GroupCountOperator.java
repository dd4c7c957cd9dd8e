package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of each distinct set of values: {@code uniq}, {@code top} and {@code
 * field_values}.
 */
public final class GroupCountOperator extends GroupingOperator {

  private final List<String> fields;

  private final @Nullable String hits;

  private final @Nullable String rank;

  private final long limit;

  private final boolean largestFirst;

  private GroupCountOperator(
      List<String> fields,
      @Nullable String hits,
      @Nullable String rank,
      long limit,
      boolean largestFirst,
      QueryContext context,
      Operator next) {
    super(fields, fields.stream().map(GroupCountOperator::key).toList(), context, next);
    this.fields = fields;
    this.hits = hits;
    this.rank = rank;
    this.limit = limit;
    this.largestFirst = largestFirst;
  }

  private static Supplier<KeyColumn> key(String field) {
    return () -> new KeyColumn.Values(field, null);
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

  @Override
  public @Nullable Agreement countedBy() {
    return fields.contains(Field.TIME) ? null : new Agreement(Set.copyOf(fields), null);
  }

  @Override
  Part newPart() {
    return new Counts();
  }

  @Override
  boolean wantsMore(Part part) {
    // Without counts, enough groups are enough.
    return hits != null || limit == 0 || part.groups().size() <= limit;
  }

  @Override
  void emit(Part all) {
    long[] counts = ((Counts) all).counts;
    int size = fields.isEmpty() ? 0 : all.groups().size();
    Integer[] order = new Integer[size];
    Arrays.setAll(order, (i) -> i);
    if (largestFirst) {
      String[] texts = new String[size];
      ByteBuilder text = new ByteBuilder(32);
      Arrays.setAll(texts, (i) -> text(all, i, text));
      Arrays.sort(
          order,
          (a, b) ->
              (counts[a] != counts[b])
                  ? Long.compare(counts[b], counts[a])
                  : texts[a].compareTo(texts[b]));
    }
    boolean cut = limit > 0 && size > limit;
    RowList out = new RowList();
    emit(
        all,
        out,
        cut ? limit : size,
        (place) -> order[place],
        (group, place) -> {
          if (hits != null) {
            // Counts are not known if groups were refused.
            out.set(out.column(hits), Long.toString((cut && !largestFirst) ? 0 : counts[group]));
          }
          if (rank != null) {
            out.set(out.column(rank), Integer.toString(place + 1));
          }
        });
  }

  private String text(Part part, int group, ByteBuilder text) {
    text.truncate(0);
    for (int f = 0; f < fields.size(); f++) {
      part.groups().print(group, f, text);
      text.append('\0');
    }
    return text.toString();
  }

  /** How many rows each group has. */
  private final class Counts extends Part {

    private long[] counts = new long[16];

    @Override
    void add(Frame frame, Bitmap rows, int @Nullable [] groupOf, long @Nullable [] rowCounts) {
      grow();
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        int group = (groupOf == null) ? 0 : groupOf[row];
        counts[group] += (rowCounts == null) ? 1 : rowCounts[row];
      }
    }

    @Override
    void addState(Part other, int[] mapping) {
      grow();
      for (int i = 0; i < mapping.length; i++) {
        counts[mapping[i]] += ((Counts) other).counts[i];
      }
    }

    @Override
    void save(StateOutput out) {
      grow();
      for (int group = 0; group < groups().size(); group++) {
        out.number(counts[group]);
      }
    }

    @Override
    void load(StateInput in) {
      grow();
      for (int group = 0; group < groups().size(); group++) {
        counts[group] = in.number();
      }
    }

    private void grow() {
      counts = Arrays.copyOf(counts, Accumulator.capacity(counts.length, groups().size()));
    }

    @Override
    long stateBytes() {
      return 8L * counts.length;
    }
  }
}
