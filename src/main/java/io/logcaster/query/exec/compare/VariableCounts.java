package io.logcaster.query.exec.compare;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.text.TemplateVariable;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.WorkLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of one variable of a template. Ends when it is late, as its answer is for
 * somebody who waits with the pointer on the variable: what is counted by then is a part of the
 * records. Rows come from several workers; the totals are read when all of them have ended.
 */
public final class VariableCounts implements RowSink {

  /** The shares of a number's values that are reported. */
  private static final double[] QUANTILES = {0, 0.5, 0.9, 0.99, 1};

  private final @Nullable Part[] parts;
  private final String pattern;
  private final int place;
  private final BooleanSupplier late;
  private volatile boolean cut;

  /**
   * @param pattern the template
   * @param place the number of its placeholder, from 0
   * @param late asked often; once true, no more records are read
   * @throws IllegalArgumentException if the template has no such placeholder
   */
  public VariableCounts(int workers, String pattern, int place, BooleanSupplier late) {
    this.parts = new Part[workers];
    this.pattern = pattern;
    this.place = place;
    this.late = late;
    var _ = new TemplateVariable(pattern, place);
  }

  /** A value and how many records have it. */
  public record Count(String value, long count) {}

  /**
   * What is known of the values.
   *
   * @param records how many records of the template were read
   * @param distinct how many values they have, where {@code values} is known
   * @param values the most frequent ones; empty if there are too many to be counted
   * @param quantiles the least, the median, the 90th and the 99th percentile and the greatest of
   *     numbers; empty if a value is none
   */
  public record Totals(long records, long distinct, List<Count> values, List<String> quantiles) {}

  @Override
  public boolean push(Frame frame, Bitmap selected, int worker) {
    if (cut || late.getAsBoolean()) {
      cut = true;
      return false;
    }
    Part part = parts[worker];
    if (part == null) {
      part = new Part(new TemplateVariable(pattern, place));
      parts[worker] = part;
    }
    part.add(frame, selected);
    return true;
  }

  /** Whether all records were read. */
  public boolean isComplete() {
    return !cut;
  }

  /**
   * The totals.
   *
   * @param limit how many values to give
   */
  public Totals totals(long limit) {
    FieldTally all = new FieldTally();
    for (Part part : parts) {
      if (part != null) {
        all.merge(part.values);
      }
    }
    Map<String, Long> known = all.values();
    List<Count> values =
        known.entrySet().stream()
            .map((entry) -> new Count(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value))
            .limit(limit)
            .toList();
    return new Totals(all.present(), known.size(), values, quantiles(all, known));
  }

  private static List<String> quantiles(FieldTally all, Map<String, Long> known) {
    NavigableMap<Double, Long> numbers = all.numbers(false);
    long total = numbers.values().stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      return List.of();
    }
    // As they are written, with their units.
    Map<Double, String> texts = new HashMap<>();
    known.keySet().forEach((text) -> texts.put(Numbers.parse(text) + 0.0, text));
    NavigableMap<Long, Double> ranks = new TreeMap<>();
    long before = 0;
    for (Map.Entry<Double, Long> number : numbers.entrySet()) {
      ranks.put(before, number.getKey());
      before += number.getValue();
    }
    List<String> quantiles = new ArrayList<>();
    for (double share : QUANTILES) {
      long rank = Math.max(0, (long) Math.ceil(share * total) - 1);
      double number = ranks.floorEntry(rank).getValue();
      quantiles.add(texts.getOrDefault(number, text(number)));
    }
    return quantiles;
  }

  private static String text(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  private static final class Part {

    private final FieldTally values = new FieldTally();
    private final TemplateVariable variable;

    /** The memory that the query's budget knows of, in bytes. */
    private long held;

    Part(TemplateVariable variable) {
      this.variable = variable;
    }

    void add(Frame frame, Bitmap selected) {
      Column value = frame.column(Field.MESSAGE).map(Field.MESSAGE, selected, variable);
      values.add(value, selected);
      long bytes = values.memoryBytes();
      WorkLimit.holding(bytes - held);
      held = bytes;
    }
  }
}
