package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.value.NumberBound;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.DecimalPredicate;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.Objects;

/**
 * Values whose {@linkplain Numbers#measure measure} is within bounds. Doubles are compared first;
 * where a double equals that of a bound and may be rounded, the exact numbers decide.
 */
final class RangeMatcher extends ValueMatcher implements DecimalPredicate {

  private final NumberBound min;

  private final NumberBound max;

  private final boolean minIncluded;

  private final boolean maxIncluded;

  /** The first and the last integer that pass; none if first > last. */
  private final long first;

  private final long last;

  RangeMatcher(NumberBound min, boolean minIncluded, NumberBound max, boolean maxIncluded) {
    this.min = min;
    this.minIncluded = minIncluded;
    this.max = max;
    this.maxIncluded = maxIncluded;
    boolean above = min.isInteger() && !minIncluded;
    boolean below = max.isInteger() && !maxIncluded;
    boolean none =
        min.isAboveLongs()
            || max.isBelowLongs()
            || (above && min.ceiling() == Long.MAX_VALUE)
            || (below && max.floor() == Long.MIN_VALUE);
    first = none ? 1 : min.ceiling() + (above ? 1 : 0);
    last = none ? 0 : max.floor() - (below ? 1 : 0);
  }

  static RangeMatcher of(RangeFilter filter) {
    return new RangeMatcher(
        Objects.requireNonNull(NumberBound.of(filter.min())),
        filter.minIncluded(),
        Objects.requireNonNull(NumberBound.of(filter.max())),
        filter.maxIncluded());
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    double number = Numbers.measure(bytes, from, to);
    if (number == min.number() && min.exact() != null) {
      int order = min.compare(number, bytes, from, to);
      return (minIncluded ? order >= 0 : order > 0) && isBelow(number, bytes, from, to);
    }
    return isAbove(number) && isBelow(number, bytes, from, to);
  }

  private boolean isAbove(double number) {
    return minIncluded ? number >= min.number() : number > min.number();
  }

  private boolean isBelow(double number) {
    return maxIncluded ? number <= max.number() : number < max.number();
  }

  private boolean isBelow(double number, byte[] bytes, int from, int to) {
    if (number == max.number() && max.exact() != null) {
      int order = max.compare(number, bytes, from, to);
      return maxIncluded ? order <= 0 : order < 0;
    }
    return isBelow(number);
  }

  @Override
  public DecimalPredicate ofDecimals() {
    return this;
  }

  @Override
  public boolean test(double number) {
    // False for NaN, too.
    return isAbove(number) && isBelow(number);
  }

  @Override
  public boolean test(long number) {
    return number >= first && number <= last;
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return min.number() <= max.number() && values.mayContainNumber(min.number(), max.number());
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY * 4;
  }
}
