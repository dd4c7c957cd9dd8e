package io.logcaster.storage.segment.column;

import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;

/** All values are equal: the prefix is the value. */
final class ConstantVariable extends VariableLayout {

  static final int KIND = 0;

  ConstantVariable(Affixes affixes) {
    super(affixes);
  }

  static void write(byte[] bytes, int from, int to, BodyWriter body) {
    Affixes.write(KIND, bytes, from, to, to - from, 0, body);
  }

  @Override
  Gap gap() {
    return new Gap(Alphabet.ANY, 0, 0);
  }

  @Override
  void addLengths(BodyReader body, int[] lengths) {
    throw new IllegalStateException("All values have the same length");
  }

  @Override
  public VariableValues values(BodyReader body) {
    return new Values(affixes);
  }

  private static final class Values extends VariableValues {

    Values(Affixes affixes) {
      super(affixes, 0);
    }

    @Override
    long memoryBytes() {
      return 0;
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      return start;
    }
  }
}
