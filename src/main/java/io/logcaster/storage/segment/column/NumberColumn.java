package io.logcaster.storage.segment.column;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.BytesToDouble;
import io.logcaster.record.Column;
import io.logcaster.record.DecimalPredicate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of decimal numbers. Calculates and compares without text; prints text on demand. */
final class NumberColumn extends WrittenColumn {

  /** From here on, dividing by a power of ten may round differently from parsing the text. */
  private static final long MAX_EXACT = 900_000_000_000_000L;

  private static final byte[] NOTHING = {};

  /** The digits of each row's number, without the point. */
  private final long[] mantissas;

  /** How many of each row's digits follow the point; empty if all numbers are integers. */
  private final byte[] scales;

  /** The rows that have a value; null if all have. */
  private final @Nullable Bitmap present;

  NumberColumn(String name, long[] mantissas, byte[] scales, @Nullable Bitmap present) {
    super(name, mantissas.length);
    this.mantissas = mantissas;
    this.scales = scales;
    this.present = present;
  }

  private boolean isPresent(int row) {
    return present == null || present.get(row);
  }

  private boolean isInteger(int row) {
    return scales.length == 0 || scales[row] == 0;
  }

  /** Whether the number of a row is exact without parsing its text. */
  private boolean isExact(int row) {
    return isInteger(row) || Math.abs(mantissas[row]) < MAX_EXACT;
  }

  /** Returns the number of a row that has one; NaN if only parsing its text is exact. */
  private double number(int row) {
    if (isInteger(row)) {
      return mantissas[row];
    }
    return isExact(row) ? mantissas[row] / Decimals.power(scales[row]) : Double.NaN;
  }

  @Override
  public boolean isDecimal() {
    return true;
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    if (!function.readsDecimals()) {
      readable(rows).measure(rows, function, numbers);
      return;
    }
    byte[] digits = new byte[Decimals.MAX_LENGTH];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      double number = isPresent(row) ? number(row) : function.applyAsDouble(NOTHING, 0, 0);
      numbers[row] =
          (Double.isNaN(number) && isPresent(row))
              ? function.applyAsDouble(digits, 0, write(row, digits, 0))
              : number;
    }
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    DecimalPredicate test = predicate.ofDecimals();
    boolean integers = scales.length == 0;
    boolean keepsEmpty = present != null && predicate.test(NOTHING, 0, 0);
    byte[] digits = new byte[Decimals.MAX_LENGTH];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      boolean keep;
      if (!isPresent(row)) {
        keep = keepsEmpty;
      } else {
        int scale = integers ? 0 : scales[row];
        if (test != null && scale == 0) {
          keep = test.test(mantissas[row]);
        } else if (test != null && isExact(row)) {
          keep = test.test(mantissas[row] / Decimals.power(scale));
        } else {
          keep = predicate.test(digits, 0, write(row, digits, 0));
        }
      }
      if (!keep) {
        rows.clear(row);
      }
    }
  }

  private int write(int row, byte[] target, int at) {
    return isPresent(row)
        ? Decimals.print(mantissas[row], (scales.length == 0) ? 0 : scales[row], target, at)
        : at;
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    byte[] digits = new byte[Decimals.MAX_LENGTH];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      codes[row] = encoder.encode(digits, 0, write(row, digits, 0));
    }
  }

  @Override
  public Column pick(int[] rows) {
    int[] ends = new int[rows.length];
    byte[] bytes = new byte[rows.length * Decimals.MAX_LENGTH];
    int at = 0;
    for (int i = 0; i < rows.length; i++) {
      at = write(rows[i], bytes, at);
      ends[i] = at;
    }
    return new ArenaColumn(name(), bytes, ends, rows.length);
  }

  @Override
  ArenaColumn write(Bitmap rows) {
    int[] ends = new int[mantissas.length];
    byte[] bytes = new byte[rows.cardinality() * Decimals.MAX_LENGTH];
    int at = 0;
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, at);
      at = write(row, bytes, at);
      ends[row] = at;
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, at);
    return new ArenaColumn(name(), bytes, ends, ends.length);
  }

  @Override
  public long memoryBytes() {
    return 8L * mantissas.length + scales.length + writtenBytes();
  }
}
