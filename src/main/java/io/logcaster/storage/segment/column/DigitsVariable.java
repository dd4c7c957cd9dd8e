package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;

/** Decimal numbers, each with the same number of digits. */
final class DigitsVariable extends VariableLayout {

  static final int KIND = 2;

  private final int digits;

  private final LongsLayout numbers;

  private DigitsVariable(Affixes affixes, int digits, LongsLayout numbers) {
    super(affixes);
    this.digits = digits;
    this.numbers = numbers;
  }

  /** Writes the numbers. The caller has written the affixes. */
  static void write(int digits, long[] numbers, int count, LongsEncoder encoder, BodyWriter body) {
    body.meta.putVarint(digits);
    encoder.encode(numbers, count, body);
  }

  static DigitsVariable read(Affixes affixes, BodyReader body, int count)
      throws MalformedException {
    int digits = body.meta.getCount(DecimalDigits.MAX);
    return new DigitsVariable(affixes, digits, LongsLayout.read(body, count));
  }

  @Override
  Gap gap() {
    return new Gap(Alphabet.DIGITS, digits, digits);
  }

  @Override
  void addLengths(BodyReader body, int[] lengths) {
    throw new IllegalStateException("All values have the same length");
  }

  @Override
  public VariableValues values(BodyReader body) throws MalformedException {
    return new Values(affixes, digits, NumericValues.checked(numbers.decode(body), digits));
  }

  private static final class Values extends NumericValues {

    private final int digits;

    Values(Affixes affixes, int digits, long[] numbers) {
      super(affixes, digits, numbers);
      this.digits = digits;
    }

    @Override
    boolean isForm(byte[] text) {
      return text.length == digits;
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      long rest = numbers[index];
      int end = start + digits;
      for (int i = end - 1; i >= start; i--) {
        target[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      return end;
    }
  }
}
