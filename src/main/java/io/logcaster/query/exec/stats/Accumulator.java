package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stats function at work: something kept for each group of rows. Not thread-safe: each worker has
 * its own, and they are merged in the end.
 */
public abstract class Accumulator {

  /**
   * Creates what implements a call whose function {@code isOfGroups}.
   *
   * @param seconds the length of time that a rate is calculated over
   */
  public static Accumulator of(StatsCall call, double seconds) {
    List<FieldPattern> fields = call.fields();
    return switch (call.function()) {
      case ANY -> new PickStats(null, false, fields.getFirst().name());
      case AVG -> new SumStats(fields, true, 1);
      case COUNT -> new CountStats(fields, false, 1);
      case COUNT_EMPTY -> new CountStats(fields, true, 1);
      case COUNT_UNIQ -> new DistinctStats(fields, call.limit());
      case COUNT_UNIQ_HASH -> new DistinctHashStats(fields, call.limit());
      case FIELD_MAX -> new PickStats(fields.getFirst().name(), true, fields.get(1).name());
      case FIELD_MIN -> new PickStats(fields.getFirst().name(), false, fields.get(1).name());
      case HISTOGRAM -> new HistogramStats(fields.getFirst().name());
      case JSON_VALUES -> new JsonRowsStats(fields, call.sort(), call.limit());
      case MAX -> new ExtremeStats(fields, true);
      case MEDIAN -> new QuantileStats(0.5, fields);
      case MIN -> new ExtremeStats(fields, false);
      case QUANTILE -> new QuantileStats(Numbers.parse(call.phi()), fields);
      case RATE -> new CountStats(List.of(FieldPattern.ALL), false, seconds);
      case RATE_SUM -> new SumStats(fields, false, seconds);
      case ROW_ANY -> new RowStats(null, false, fields);
      case ROW_MAX -> new RowStats(fields.getFirst().name(), true, besidesKey(fields));
      case ROW_MIN -> new RowStats(fields.getFirst().name(), false, besidesKey(fields));
      case STDDEV -> new DeviationStats(fields);
      case SUM -> new SumStats(fields, false, 1);
      case SUM_LEN -> new SumLengthStats(fields);
      case UNIQ_VALUES -> new UniqueValuesStats(fields, call.limit());
      case VALUES -> new JsonListStats(fields, call.limit());
      case FIRST, LAST ->
          throw new IllegalArgumentException(call.function() + " is not a function of groups");
    };
  }

  /** The fields to give behind the field to compare; all where none is named. */
  private static List<FieldPattern> besidesKey(List<FieldPattern> fields) {
    return (fields.size() == 1) ? List.of(FieldPattern.ALL) : fields.subList(1, fields.size());
  }

  /**
   * Takes rows.
   *
   * @param groups the group of each selected row; null where there is but one, 0
   * @param count how many groups there are so far
   */
  public abstract void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count);

  /**
   * Takes rows each of which stands for several. To most functions that can do so their number is
   * the same.
   *
   * @param rowCounts how many rows each row stands for
   */
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count);
  }

  /**
   * Takes over what another worker kept.
   *
   * @param mapping the number here of each group there
   * @param count how many groups there are here
   */
  public abstract void merge(Accumulator other, int[] mapping, int count);

  /** Appends the result of a group. */
  public abstract void print(int group, ByteBuilder target);

  public abstract long memoryBytes();

  /**
   * The fields that patterns name, each once: those of a frame in its order, then those it has not.
   */
  public static List<String> fields(Frame frame, List<FieldPattern> patterns) {
    List<String> fields = new ArrayList<>();
    for (String name : frame.names()) {
      if (FieldPattern.anyMatches(patterns, name)) {
        fields.add(name);
      }
    }
    for (FieldPattern pattern : patterns) {
      if (!pattern.prefix() && !fields.contains(pattern.name())) {
        fields.add(pattern.name());
      }
    }
    return fields;
  }

  /**
   * Whether an empty value of a field counts: where it was named, but not where a pattern found it.
   */
  static boolean isNamed(List<FieldPattern> patterns, String field) {
    return patterns.contains(new FieldPattern(field, false));
  }

  static int groupOf(int @Nullable [] groups, int row) {
    return (groups == null) ? 0 : groups[row];
  }

  /**
   * The length of an array that has to hold some groups: grown by half, so that growing stays rare.
   */
  public static int capacity(int present, int wanted) {
    return (wanted <= present) ? present : Math.max(wanted, present + (present >> 1));
  }
}
