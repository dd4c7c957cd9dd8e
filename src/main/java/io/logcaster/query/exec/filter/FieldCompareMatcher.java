package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.FieldCompareFilter.Operator;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.value.ExactNumbers;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.util.Arrays;

/** A field's value compared with another field's of the same row. */
final class FieldCompareMatcher extends RowMatcher {

  private final String field;

  private final Operator operator;

  private final String other;

  FieldCompareMatcher(String field, Operator operator, String other) {
    this.field = field;
    this.operator = operator;
    this.other = other;
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    Column a = frame.column(field);
    Column b = frame.column(other);
    byte[] left = a.bytes();
    byte[] right = b.bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      boolean passes =
          switch (operator) {
            case EQUAL ->
                Arrays.equals(left, a.start(row), a.end(row), right, b.start(row), b.end(row));
            case LESS_OR_EQUAL -> compare(a, b, row) <= 0;
            case LESS -> compare(a, b, row) < 0;
          };
      if (!passes) {
        rows.clear(row);
      }
    }
  }

  /** Compares by what the values measure if both measure something, else byte by byte. */
  private static int compare(Column a, Column b, int row) {
    double left = Numbers.measure(a.bytes(), a.start(row), a.end(row));
    double right = Numbers.measure(b.bytes(), b.start(row), b.end(row));
    return (Double.isNaN(left) || Double.isNaN(right))
        ? Arrays.compareUnsigned(
            a.bytes(), a.start(row), a.end(row), b.bytes(), b.start(row), b.end(row))
        : ExactNumbers.compareMeasures(
            left, a.bytes(), a.start(row), a.end(row), right, b.bytes(), b.start(row), b.end(row));
  }

  @Override
  int cost() {
    return SEARCH;
  }
}
