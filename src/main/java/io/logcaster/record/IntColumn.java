package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of whole numbers, 0 or more, which are printed only on request. */
public final class IntColumn extends Column {

  /** Numbers below this are encoded once per frame, such as lengths of messages. */
  private static final int REMEMBERED = 1 << 12;

  private final int[] numbers;

  private volatile @Nullable ArenaColumn text;

  /** Wraps an array with the number of each row, which now belongs to the column. */
  public IntColumn(String name, int[] numbers) {
    super(name);
    this.numbers = numbers;
  }

  public int number(int row) {
    return numbers[row];
  }

  private static byte[] print(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private ArenaColumn text() {
    ArenaColumn known = text;
    if (known == null) {
      known = write(Bitmap.all(numbers.length));
      text = known;
    }
    return known;
  }

  private ArenaColumn write(Bitmap rows) {
    ByteBuilder target = new ByteBuilder(rows.cardinality() * 3);
    int[] ends = new int[numbers.length];
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, target.length());
      target.append((long) numbers[row]);
      ends[row] = target.length();
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, target.length());
    return new ArenaColumn(name(), target.array(), ends, ends.length);
  }

  @Override
  public byte[] bytes() {
    return text().bytes();
  }

  @Override
  public int start(int row) {
    return text().start(row);
  }

  @Override
  public int end(int row) {
    return text().end(row);
  }

  @Override
  public Column readable(Bitmap rows) {
    return (text != null || rows.isFull()) ? text() : write(rows);
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    return readable(rows).map(name, rows, mapper);
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    DecimalPredicate test = predicate.ofDecimals();
    if (test == null) {
      readable(rows).retain(rows, predicate);
      return;
    }
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!test.test(numbers[row])) {
        rows.clear(row);
      }
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    int[] known = new int[REMEMBERED];
    Arrays.fill(known, -1);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int number = numbers[row];
      int code = (number < REMEMBERED) ? known[number] : -1;
      if (code < 0) {
        byte[] digits = print(number);
        code = encoder.encode(digits, 0, digits.length);
        if (number < REMEMBERED) {
          known[number] = code;
        }
      }
      codes[row] = code;
    }
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] measured) {
    if (!function.readsDecimals()) {
      readable(rows).measure(rows, function, measured);
      return;
    }
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      measured[row] = numbers[row];
    }
  }

  @Override
  public boolean isDecimal() {
    return true;
  }

  @Override
  public Column pick(int[] rows) {
    int[] picked = new int[rows.length];
    Arrays.setAll(picked, (i) -> numbers[rows[i]]);
    return new IntColumn(name(), picked);
  }

  @Override
  public long memoryBytes() {
    ArenaColumn known = text;
    return 4L * numbers.length + ((known == null) ? 0 : known.memoryBytes());
  }
}
