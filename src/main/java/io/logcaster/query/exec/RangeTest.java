package io.logcaster.query.exec;

import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.value.Numbers;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.function.DoublePredicate;

/** Values that {@linkplain Numbers#measure measure} something within bounds. */
final class RangeTest extends ValueTest {

  private final double min;

  private final double max;

  private final boolean minIncluded;

  private final boolean maxIncluded;

  RangeTest(double min, boolean minIncluded, double max, boolean maxIncluded) {
    this.min = min;
    this.minIncluded = minIncluded;
    this.max = max;
    this.maxIncluded = maxIncluded;
  }

  RangeTest(RangeFilter filter) {
    this(filter.min(), filter.minIncluded(), filter.max(), filter.maxIncluded());
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return test(Numbers.measure(bytes, from, to));
  }

  @Override
  public DoublePredicate ofDecimals() {
    return this::test;
  }

  private boolean test(double number) {
    // False for NaN, too.
    return (minIncluded ? number >= min : number > min)
        && (maxIncluded ? number <= max : number < max);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return min <= max && values.mayContainNumber(min, max);
  }

  @Override
  int cost() {
    return RowTest.EQUALITY * 4;
  }
}
