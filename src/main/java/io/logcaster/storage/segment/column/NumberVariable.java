package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;

/** Decimal numbers without leading zeros. */
final class NumberVariable extends VariableLayout {

  static final int KIND = 1;

  private static final Gap GAP = new Gap(Alphabet.DIGITS, 1, DecimalDigits.MAX);

  private final LongsLayout numbers;

  private NumberVariable(Affixes affixes, LongsLayout numbers) {
    super(affixes);
    this.numbers = numbers;
  }

  /** Writes the numbers. The caller has written the affixes. */
  static void write(long[] numbers, int count, LongsEncoder encoder, BodyWriter body) {
    encoder.encode(numbers, count, body);
  }

  static NumberVariable read(Affixes affixes, BodyReader body, int count)
      throws MalformedException {
    return new NumberVariable(affixes, LongsLayout.read(body, count));
  }

  @Override
  Gap gap() {
    return GAP;
  }

  @Override
  public VariableValues values(BodyReader body) throws MalformedException {
    return new Values(affixes, NumericValues.checked(numbers.decode(body), DecimalDigits.MAX));
  }

  @Override
  void addLengths(BodyReader body, int[] lengths) throws MalformedException {
    long[] each = NumericValues.checked(numbers.decode(body), DecimalDigits.MAX);
    for (int i = 0; i < each.length; i++) {
      lengths[i] += DecimalDigits.count(each[i]);
    }
  }

  private static final class Values extends NumericValues {

    Values(Affixes affixes, long[] numbers) {
      super(affixes, DecimalDigits.MAX, numbers);
    }

    @Override
    boolean isForm(byte[] text) {
      return text.length == 1 || (text.length > 1 && text[0] != '0');
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      return DecimalDigits.print(numbers[index], target, start);
    }
  }
}
