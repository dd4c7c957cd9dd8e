package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running stats function, which keeps a state for each group of rows. Groups are numbered from 0
 * on, and their number grows while rows come. Not thread-safe: each worker has an accumulator of
 * its own; when all rows are in, one thread merges them into one and prints it.
 *
 * <p>An accumulator does not reserve memory itself: its owner compares {@link #memoryBytes} before
 * and after each call.
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

  /** The fields after the field to compare; all if none is given. */
  private static List<FieldPattern> besidesKey(List<FieldPattern> fields) {
    return (fields.size() == 1) ? List.of(FieldPattern.ALL) : fields.subList(1, fields.size());
  }

  /**
   * Takes rows.
   *
   * @param rows which rows of the frame to take; not to be changed
   * @param groups the group of each selected row, by the row's number; null where all belong to
   *     group 0. Not to be kept or changed
   * @param count how many groups there are so far
   */
  public abstract void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count);

  /**
   * Takes rows that each stand for several; called only for functions that {@code isCounted}.
   * Functions that ask how many rows have a value override it; to the others, such as {@code
   * max()}, one row is as good as several.
   *
   * @param rowCounts how many rows each row stands for, by the row's number
   */
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count);
  }

  /**
   * Takes over the state of another worker's accumulator, which is not used afterwards.
   *
   * @param other an accumulator of the same call
   * @param mapping the number here of each group there
   * @param count how many groups there are here
   */
  public abstract void merge(Accumulator other, int[] mapping, int count);

  /** Writes the state of the first groups, for {@link #load} on another server. */
  public abstract void save(StateOutput out, int count);

  /**
   * Reads what {@link #save} wrote for as many groups, into an accumulator of the same call that
   * has taken no rows.
   */
  public abstract void load(StateInput in, int count);

  /** Appends the result of a group. No rows are added afterwards. */
  public abstract void print(int group, ByteBuilder target);

  /** The memory that the state takes, in bytes; cheap enough to be asked after each frame. */
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
