package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldNeeds;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Buckets;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calculates over groups of rows: {@code stats}. */
public final class StatsOperator extends GroupingOperator {

  private final StatsPipe pipe;

  private final @Nullable RowMatcher[] conditions;

  private final Budget budget;

  private final double seconds;

  public StatsOperator(StatsPipe pipe, QueryContext context, Operator next) {
    super(
        pipe.by().stream().map(Bucket::field).toList(),
        pipe.by().stream().map(Buckets::key).toList(),
        context,
        next);
    this.pipe = pipe;
    budget = context.budget();
    conditions =
        pipe.calculations().stream()
            .map((calculation) -> context.condition(calculation.condition()))
            .toArray(RowMatcher[]::new);
    seconds = seconds(pipe, context);
  }

  /** The seconds that a rate is calculated over: the bucket of time, or the range of the query. */
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

  /**
   * The fields that a calculation reads, if it can take rows that agree in them as one; else null.
   */
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
  Part newPart() {
    return new States();
  }

  @Override
  void emit(Part all) {
    Accumulator[] accumulators = ((States) all).accumulators;
    RowList rows = new RowList();
    pipe.by().forEach((bucket) -> rows.column(bucket.field()));
    int[] results =
        pipe.calculations().stream()
            .mapToInt((calculation) -> rows.column(calculation.result()))
            .toArray();
    ByteBuilder value = new ByteBuilder(64);
    emit(
        all,
        rows,
        all.groups().size(),
        (place) -> place,
        (group, place) -> {
          for (int i = 0; i < results.length; i++) {
            value.truncate(0);
            accumulators[i].print(group, value);
            rows.set(results[i], value);
          }
        });
  }

  /** An accumulator for each calculation. */
  private final class States extends Part {

    private final Accumulator[] accumulators =
        pipe.calculations().stream()
            .map((calculation) -> Accumulator.of(calculation.call(), seconds))
            .toArray(Accumulator[]::new);

    @Override
    void add(Frame frame, Bitmap rows, int @Nullable [] groupOf, long @Nullable [] counts) {
      int count = groups().size();
      for (int i = 0; i < accumulators.length; i++) {
        RowMatcher condition = conditions[i];
        Bitmap selected = rows;
        if (condition != null) {
          selected = rows.copy();
          condition.retain(frame, selected);
        }
        if (counts == null) {
          accumulators[i].add(frame, selected, groupOf, count);
        } else {
          accumulators[i].addCounts(frame, selected, groupOf, count, counts);
        }
      }
    }

    @Override
    void addState(Part other, int[] mapping) {
      for (int i = 0; i < accumulators.length; i++) {
        budget.check();
        accumulators[i].merge(((States) other).accumulators[i], mapping, groups().size());
      }
    }

    @Override
    void save(StateOutput out) {
      for (Accumulator accumulator : accumulators) {
        budget.check();
        accumulator.save(out, groups().size());
      }
    }

    @Override
    void load(StateInput in) {
      for (Accumulator accumulator : accumulators) {
        budget.check();
        accumulator.load(in, groups().size());
      }
    }

    @Override
    long stateBytes() {
      long bytes = 0;
      for (Accumulator accumulator : accumulators) {
        bytes += accumulator.memoryBytes();
      }
      return bytes;
    }
  }
}
