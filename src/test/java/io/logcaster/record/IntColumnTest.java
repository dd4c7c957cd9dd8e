package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A column of numbers answers like a column of their texts. */
class IntColumnTest {

  private static Column text(int[] numbers) {
    ByteBuilder bytes = new ByteBuilder(16);
    int[] ends = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes.append((long) numbers[i]);
      ends[i] = bytes.length();
    }
    return new ArenaColumn("n", bytes.toByteArray(), ends, ends.length);
  }

  private static Bitmap selection(int size, long bits) {
    return Bitmap.of(new long[] {bits}, size);
  }

  private static int encode(byte[] bytes, int from, int to) {
    return Arrays.hashCode(Arrays.copyOfRange(bytes, from, to)) & 0xffff;
  }

  @Property
  void everyOperation_givesWhatTheTextGives(
      @ForAll @Size(min = 1, max = 60) int[] seeds, @ForAll long bits) {
    int[] numbers =
        Arrays.stream(seeds).map((seed) -> (seed & 1) == 0 ? seed >>> 1 : seed & 63).toArray();
    Column column = new IntColumn("n", numbers.clone());
    Column text = text(numbers);
    Bitmap rows = selection(numbers.length, bits);

    int[] codes = new int[numbers.length];
    int[] expected = new int[numbers.length];
    double[] measured = new double[numbers.length];
    column.encode(rows, IntColumnTest::encode, codes);
    text.encode(rows, IntColumnTest::encode, expected);
    column.measure(rows, IntColumnTest::firstDigit, measured);
    Column mapped =
        column.map("m", rows, (bytes, from, to, target) -> target.append(bytes, from, to));
    Column readable = column.readable(rows);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      assertThat(codes[row]).isEqualTo(expected[row]);
      assertThat(measured[row]).isEqualTo(firstDigit(text.bytes(), text.start(row), text.end(row)));
      assertThat(mapped.text(row)).isEqualTo(text.text(row));
      assertThat(readable.text(row)).isEqualTo(text.text(row));
    }
    Bitmap kept = rows.copy();
    column.retain(kept, IntColumnTest::endsInThree);
    Bitmap keptText = rows.copy();
    text.retain(keptText, IntColumnTest::endsInThree);
    assertThat(kept).isEqualTo(keptText);
    int[] picked = rows.toArray();
    for (int i = 0; i < picked.length; i++) {
      assertThat(column.pick(picked).text(i)).isEqualTo(text.text(picked[i]));
    }
  }

  private static double firstDigit(byte[] bytes, int from, int to) {
    return bytes[from] - '0' + 10.0 * (to - from);
  }

  private static boolean endsInThree(byte[] bytes, int from, int to) {
    return bytes[to - 1] == '3';
  }

  @Property
  void measure_ofNumbersAtFaceValue_parsesNothing(@ForAll @IntRange(min = 0) int number) {
    double[] measured = new double[1];
    new IntColumn("n", new int[] {number})
        .measure(
            Bitmap.all(1),
            new BytesToDouble() {
              @Override
              public double applyAsDouble(byte[] bytes, int from, int to) {
                throw new AssertionError(new String(bytes, StandardCharsets.UTF_8));
              }

              @Override
              public boolean readsDecimals() {
                return true;
              }
            },
            measured);
    assertThat(measured[0]).isEqualTo(number);
  }
}
