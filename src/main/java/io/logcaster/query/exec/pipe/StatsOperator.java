package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.StatsFunction;
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
import io.logcaster.query.exec.stats.CountStats;
import io.logcaster.query.exec.stats.DeviationStats;
import io.logcaster.query.exec.stats.DistinctHashStats;
import io.logcaster.query.exec.stats.DistinctStats;
import io.logcaster.query.exec.stats.ExtremeStats;
import io.logcaster.query.exec.stats.HistogramStats;
import io.logcaster.query.exec.stats.JsonListStats;
import io.logcaster.query.exec.stats.JsonRowsStats;
import io.logcaster.query.exec.stats.PickStats;
import io.logcaster.query.exec.stats.QuantileStats;
import io.logcaster.query.exec.stats.RowStats;
import io.logcaster.query.exec.stats.SumLengthStats;
import io.logcaster.query.exec.stats.SumStats;
import io.logcaster.query.exec.stats.UniqueValuesStats;
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

  /** Functions that only need to know how many rows have a value. */
  private static final Set<String> COUNTING =
      Set.of("count", "count_empty", "rate", "sum", "avg", "rate_sum");

  /** Functions to which it is the same how many rows have a value. */
  private static final Set<String> DISTINCT =
      Set.of("count_uniq", "count_uniq_hash", "uniq_values", "min", "max");

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

  private Accumulator accumulator(StatsFunction function) {
    List<FieldPattern> fields = function.fields();
    return switch (function.name()) {
      case "count" -> new CountStats(fields, false, 1);
      case "count_empty" -> new CountStats(fields, true, 1);
      case "rate" -> new CountStats(List.of(FieldPattern.ALL), false, seconds);
      case "sum" -> new SumStats(fields, false, 1);
      case "avg" -> new SumStats(fields, true, 1);
      case "rate_sum" -> new SumStats(fields, false, seconds);
      case "sum_len" -> new SumLengthStats(fields);
      case "min" -> new ExtremeStats(fields, false);
      case "max" -> new ExtremeStats(fields, true);
      case "count_uniq" -> new DistinctStats(fields, function.limit());
      case "count_uniq_hash" -> new DistinctHashStats(fields, function.limit());
      case "median" -> new QuantileStats(0.5, fields);
      case "quantile" -> new QuantileStats(Numbers.parse(function.phi()), fields);
      case "uniq_values" -> new UniqueValuesStats(fields, function.limit());
      case "values" -> new JsonListStats(fields, function.limit());
      case "json_values" -> new JsonRowsStats(fields, function.sort(), function.limit());
      case "stddev" -> new DeviationStats(fields);
      case "any" -> new PickStats(null, false, fields.getFirst().name());
      case "field_min" -> new PickStats(fields.getFirst().name(), false, fields.get(1).name());
      case "field_max" -> new PickStats(fields.getFirst().name(), true, fields.get(1).name());
      case "row_any" -> new RowStats(null, false, fields);
      case "row_min" -> new RowStats(fields.getFirst().name(), false, rowFields(fields));
      case "row_max" -> new RowStats(fields.getFirst().name(), true, rowFields(fields));
      case "histogram" -> new HistogramStats(fields.getFirst().name());
      default -> throw new IllegalStateException("There is no stats function " + function.name());
    };
  }

  private static List<FieldPattern> rowFields(List<FieldPattern> fields) {
    return (fields.size() == 1) ? List.of(FieldPattern.ALL) : fields.subList(1, fields.size());
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
    StatsFunction function = calculation.function();
    Set<String> fields = new HashSet<>();
    boolean counts = COUNTING.contains(function.name());
    if (!counts && !DISTINCT.contains(function.name())) {
      return null;
    }
    boolean anyField = function.name().equals("count") || function.name().equals("rate");
    if (!(anyField && FieldPattern.isAll(function.fields()))) {
      for (FieldPattern field : function.fields()) {
        if (field.prefix()) {
          return null;
        }
        fields.add(field.name());
      }
    }
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
            .map((calculation) -> accumulator(calculation.function()))
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
