package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.query.value.ExactNumbers;
import io.logcaster.query.value.NumberBound;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of rows as doubles, with exact 64-bit integers for the rows whose double may be
 * rounded.
 */
final class MathColumn {

  private final double[] numbers;

  private long @Nullable [] integers;

  MathColumn(int size) {
    numbers = new double[size];
  }

  /** The same number in every row. */
  static MathColumn constant(int size, String text, double value) {
    MathColumn column = new MathColumn(size);
    Arrays.fill(column.numbers, value);
    NumberBound exact = NumberBound.of(text);
    if (exact != null && exact.exact() != null && exact.number() == value && exact.isInteger()) {
      Arrays.fill(column.integers(), exact.floor());
    }
    return column;
  }

  /** What the values of a field measure. */
  static MathColumn of(Column values, Bitmap rows) {
    MathColumn column = new MathColumn(rows.size());
    if (values instanceof TimeColumn times) {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        column.set(row, times.times()[row]);
      }
      return column;
    }
    values.measure(rows, Numbers.MEASURE, column.numbers);
    Bitmap large = null;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (ExactNumbers.mayBeRounded(column.numbers[row])) {
        large = (large == null) ? Bitmap.none(rows.size()) : large;
        large.set(row);
      }
    }
    if (large != null) {
      column.readExactly(values.readable(large), large);
    }
    return column;
  }

  private void readExactly(Column values, Bitmap rows) {
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      long integer = ExactNumbers.integer(values.bytes(), values.start(row), values.end(row));
      if (integer != ExactNumbers.NONE) {
        integers()[row] = integer;
        continue;
      }
      BigDecimal exact = ExactNumbers.measure(values.bytes(), values.start(row), values.end(row));
      try {
        integers()[row] = exact.longValueExact();
      } catch (ArithmeticException ex) {
        // A fraction, or beyond 64 bits: only the double is known.
      }
    }
  }

  private long[] integers() {
    long[] known = integers;
    if (known == null) {
      known = new long[numbers.length];
      Arrays.fill(known, ExactNumbers.NONE);
      integers = known;
    }
    return known;
  }

  double number(int row) {
    return numbers[row];
  }

  /** The exact integer of a row; {@link ExactNumbers#NONE} if it is not an integer or not known. */
  long integer(int row) {
    double number = numbers[row];
    if (Math.abs(number) < ExactNumbers.INEXACT) {
      long integer = (long) number;
      return (integer == number) ? integer : ExactNumbers.NONE;
    }
    return (integers == null) ? ExactNumbers.NONE : integers[row];
  }

  void set(int row, double number) {
    numbers[row] = number;
  }

  void set(int row, long integer) {
    numbers[row] = integer;
    if (ExactNumbers.mayBeRounded(numbers[row])) {
      integers()[row] = integer;
    }
  }
}
