package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldNeeds;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Buckets;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calculates over groups of rows: each worker its part, merged in the end. */
public final class StatsOperator extends Operator {

  private final StatsPipe pipe;

  private final List<Supplier<KeyColumn>> keys;

  private final @Nullable RowMatcher[] conditions;

  private final Budget budget;

  private final double seconds;

  private final @Nullable Part[] parts;

  public StatsOperator(StatsPipe pipe, QueryContext context, Operator next) {
    super(next);
    this.pipe = pipe;
    budget = context.budget();
    keys = pipe.by().stream().map(Buckets::key).toList();
    conditions =
        pipe.calculations().stream()
            .map((calculation) -> context.condition(calculation.condition()))
            .toArray(RowMatcher[]::new);
    seconds = seconds(pipe, context);
    parts = new Part[context.workers()];
  }

  /** How long a rate counts over: the bucket of time, or the range of the query. */
  private static double seconds(StatsPipe pipe, QueryContext context) {
    for (Bucket bucket : pipe.by()) {
      if (bucket.field().equals(Field.TIME) && !bucket.step().isEmpty()) {
        Long named = Bucket.NAMED_STEPS.get(bucket.step());
        double step = (named != null) ? named : Numbers.parse(bucket.step());
        if (step > 0) {
          return step / Timestamps.SECOND;
        }
      }
    }
    if (context.minTime() == Long.MIN_VALUE || context.maxTime() == Long.MAX_VALUE) {
      return 1;
    }
    return Math.max(1e-9, ((double) context.maxTime() - context.minTime() + 1) / Timestamps.SECOND);
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
    part(worker).add(frame, rows, null);
    return true;
  }

  @Override
  public @Nullable Agreement countedBy() {
    Set<String> fields = new HashSet<>();
    TimeBucket times = null;
    for (Bucket bucket : pipe.by()) {
      if (!bucket.field().equals(Field.TIME)) {
        fields.add(bucket.field());
      } else if (bucket.step().isEmpty() || times != null) {
        return null;
      } else {
        times = TimeBucket.of(bucket);
      }
    }
    for (StatsPipe.Calculation calculation : pipe.calculations()) {
      Set<String> read = countedBy(calculation);
      if (read == null) {
        return null;
      }
      fields.addAll(read);
    }
    return fields.contains(Field.TIME) ? null : new Agreement(fields, times);
  }

  /** The fields that a calculation reads, where it takes rows that agree in them as one. */
  private static @Nullable Set<String> countedBy(StatsPipe.Calculation calculation) {
    FieldNeeds needs = calculation.call().needs();
    if (!calculation.call().function().isCounted() || needs.everything()) {
      return null;
    }
    Set<String> fields = new HashSet<>(needs.fields());
    Filter condition = calculation.condition();
    if (condition != null) {
      Set<String> read = NeededFields.ofValues(condition, false);
      if (read == null) {
        return null;
      }
      fields.addAll(read);
    }
    return fields;
  }

  @Override
  public boolean pushCounts(Frame cells, Bitmap rows, long[] counts, int worker) {
    part(worker).add(cells, rows, counts);
    return true;
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
    RowList rows = new RowList();
    int[] by = pipe.by().stream().mapToInt((bucket) -> rows.column(bucket.field())).toArray();
    int[] results =
        pipe.calculations().stream()
            .mapToInt((calculation) -> rows.column(calculation.result()))
            .toArray();
    ByteBuilder value = new ByteBuilder(64);
    for (int group = 0; group < part.groups.size(); group++) {
      for (int i = 0; i < by.length; i++) {
        value.truncate(0);
        part.groups.print(group, i, value);
        rows.set(by[i], value);
      }
      for (int i = 0; i < results.length; i++) {
        value.truncate(0);
        part.accumulators[i].print(group, value);
        rows.set(results[i], value);
      }
      rows.end();
      if (rows.isFull()) {
        budget.check();
        if (!rows.flush(next(), 0)) {
          return;
        }
      }
    }
    rows.flush(next(), 0);
  }

  /** What one worker keeps. */
  private final class Part {

    private final GroupKeys groups = new GroupKeys(keys);

    private final Accumulator[] accumulators =
        pipe.calculations().stream()
            .map((calculation) -> Accumulator.of(calculation.call(), seconds))
            .toArray(Accumulator[]::new);

    private int[] codes = new int[0];

    private long reserved;

    void add(Frame frame, Bitmap rows, long @Nullable [] counts) {
      int[] numbers = null;
      if (!keys.isEmpty()) {
        if (codes.length < frame.size()) {
          codes = new int[frame.size()];
        }
        groups.encode(frame, rows, codes);
        numbers = codes;
      }
      for (int i = 0; i < accumulators.length; i++) {
        RowMatcher condition = conditions[i];
        Bitmap selected = rows;
        if (condition != null) {
          selected = rows.copy();
          condition.retain(frame, selected);
        }
        if (counts == null) {
          accumulators[i].add(frame, selected, numbers, groups.size());
        } else {
          accumulators[i].addCounts(frame, selected, numbers, groups.size(), counts);
        }
      }
      account();
    }

    void merge(Part other) {
      int[] mapping = groups.merge(other.groups);
      for (int i = 0; i < accumulators.length; i++) {
        budget.check();
        accumulators[i].merge(other.accumulators[i], mapping, groups.size());
      }
      budget.release(other.reserved);
      account();
    }

    private void account() {
      long bytes = groups.memoryBytes();
      for (Accumulator accumulator : accumulators) {
        bytes += accumulator.memoryBytes();
      }
      budget.reserve(bytes - reserved);
      reserved = bytes;
    }
  }
}
