package io.logcaster.query.exec.compare;

import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.CompareFilter.Operator;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.value.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of fields whose share of the records differs between two sides; {@link
 * LikelihoodRatio} says by how much. A field of many numbers gives one difference: the bound whose
 * numbers above or below it differ most. A field that more records of one side have gives another.
 */
public final class ValueComparison {

  /** With more distinct numbers than this a field is compared by a bound. */
  private static final int MAX_NUMBERS = 40;

  private static final FieldTally NOTHING = new FieldTally();

  private final FieldCounts inside;

  private final FieldCounts outside;

  private final List<Difference> differences = new ArrayList<>();

  private ValueComparison(FieldCounts inside, FieldCounts outside) {
    this.inside = inside;
    this.outside = outside;
  }

  /**
   * What is more or less frequent inside than outside.
   *
   * @param value the value, a bound such as {@code >=500}, or {@code *} for any value
   * @param filter selects the records that have it
   * @param inside how many records inside have it
   * @param outside how many records outside have it
   * @param ratio its share inside divided by its share outside, each with half a record added
   * @param score the log-likelihood ratio
   * @param numbers where the numbers of the field lie, for a bound; null for anything else
   */
  public record Difference(
      String field,
      String value,
      ValueFilter filter,
      long inside,
      long outside,
      double ratio,
      double score,
      @Nullable Numbered numbers) {}

  /** The quantiles of a field's numbers on both sides; null where a side has none. */
  public record Numbered(@Nullable Quantiles inside, @Nullable Quantiles outside) {}

  /** Half, nine tenths and 99 hundredths of a field's numbers are not larger than these. */
  public record Quantiles(double median, double p90, double p99) {

    static @Nullable Quantiles of(NavigableMap<Double, Long> numbers) {
      long total = sum(numbers);
      return (total == 0)
          ? null
          : new Quantiles(
              at(numbers, 0.5 * total), at(numbers, 0.9 * total), at(numbers, 0.99 * total));
    }

    private static double at(NavigableMap<Double, Long> numbers, double rank) {
      long seen = 0;
      for (Map.Entry<Double, Long> entry : numbers.entrySet()) {
        seen += entry.getValue();
        if (seen >= rank) {
          return entry.getKey();
        }
      }
      return numbers.lastKey();
    }
  }

  /** All differences, those with the highest score first. */
  public static List<Difference> of(FieldCounts inside, FieldCounts outside) {
    return new ValueComparison(inside, outside).compare();
  }

  private List<Difference> compare() {
    Map<String, FieldTally> here = inside.totals();
    Map<String, FieldTally> there = outside.totals();
    Set<String> fields = new TreeSet<>(here.keySet());
    fields.addAll(there.keySet());
    for (String field : fields) {
      compare(field, here.getOrDefault(field, NOTHING), there.getOrDefault(field, NOTHING));
    }
    differences.sort(Comparator.comparingDouble(Difference::score).reversed());
    return differences;
  }

  private void compare(String field, FieldTally here, FieldTally there) {
    boolean byValue = here.hasValues() && there.hasValues();
    Map<String, Long> valuesHere = here.values();
    Map<String, Long> valuesThere = there.values();
    Set<String> values = new HashSet<>(valuesHere.keySet());
    values.addAll(valuesThere.keySet());
    boolean bounded = (!byValue || values.size() > MAX_NUMBERS) && bound(field, here, there);
    if (byValue && !bounded) {
      for (String value : values) {
        add(
            field,
            value,
            new ExactFilter(field, value),
            valuesHere.getOrDefault(value, 0L),
            valuesThere.getOrDefault(value, 0L),
            null);
      }
    }
    if (values.size() != 1) {
      add(field, "*", new AnyValueFilter(field), here.present(), there.present(), null);
    }
  }

  /** Adds the bound that tells the numbers of both sides apart best; false without numbers. */
  private boolean bound(String field, FieldTally here, FieldTally there) {
    boolean byIntervals = !here.hasValues() || !there.hasValues();
    NavigableMap<Double, Long> numbersHere = here.numbers(byIntervals);
    NavigableMap<Double, Long> numbersThere = there.numbers(byIntervals);
    if ((numbersHere.isEmpty() && here.present() > 0)
        || (numbersThere.isEmpty() && there.present() > 0)) {
      return false;
    }
    NavigableMap<Double, Long> all = new TreeMap<>(numbersHere);
    numbersThere.forEach((number, count) -> all.merge(number, count, Long::sum));
    long aboveHere = 0;
    long aboveThere = 0;
    double best = 0;
    Double bound = null;
    for (Double number : all.descendingKeySet()) {
      aboveHere += numbersHere.getOrDefault(number, 0L);
      aboveThere += numbersThere.getOrDefault(number, 0L);
      double score = LikelihoodRatio.score(aboveHere, here.present(), aboveThere, there.present());
      if (score > best) {
        best = score;
        bound = number;
      }
    }
    if (bound != null) {
      add(field, bound, numbersHere, numbersThere);
    }
    return true;
  }

  /** Adds the numbers on that side of a bound which is more frequent inside. */
  private void add(
      String field,
      double bound,
      NavigableMap<Double, Long> numbersHere,
      NavigableMap<Double, Long> numbersThere) {
    long aboveHere = sum(numbersHere.tailMap(bound, true));
    long aboveThere = sum(numbersThere.tailMap(bound, true));
    long belowHere = sum(numbersHere.headMap(bound, false));
    long belowThere = sum(numbersThere.headMap(bound, false));
    boolean above =
        (double) aboveHere * (aboveThere + belowThere)
            >= (double) aboveThere * (aboveHere + belowHere);
    String text = Numbers.format(bound);
    Operator operator = above ? Operator.GREATER_OR_EQUAL : Operator.LESS;
    add(
        field,
        (above ? ">=" : "<") + text,
        new CompareFilter(field, operator, text),
        above ? aboveHere : belowHere,
        above ? aboveThere : belowThere,
        new Numbered(Quantiles.of(numbersHere), Quantiles.of(numbersThere)));
  }

  private static long sum(Map<Double, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }

  private void add(
      String field,
      String value,
      ValueFilter filter,
      long here,
      long there,
      @Nullable Numbered numbers) {
    double score = LikelihoodRatio.score(here, inside.rows(), there, outside.rows());
    double ratio = LikelihoodRatio.ratio(here, inside.rows(), there, outside.rows());
    if (LikelihoodRatio.isChange(score, ratio)) {
      differences.add(new Difference(field, value, filter, here, there, ratio, score, numbers));
    }
  }
}
