package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;

/** Hexadecimal numbers, each with the same number of digits, stored in four bits per digit. */
final class HexVariable extends VariableLayout {

  static final int LOWER_KIND = 3;

  static final int UPPER_KIND = 4;

  private final HexDigits form;

  private final int digits;

  /** The offset of the packed digits in the hard area. */
  private final int at;

  private HexVariable(HexDigits form, Affixes affixes, int digits, int at) {
    super(affixes);
    this.form = form;
    this.digits = digits;
    this.at = at;
  }

  static int kind(HexDigits form) {
    return (form == HexDigits.LOWER) ? LOWER_KIND : UPPER_KIND;
  }

  /**
   * Writes the values. The caller has written the affixes.
   *
   * @param bytes the text that contains the values
   * @param starts where each value begins, its prefix included
   * @param prefix the length of the prefix
   * @param digits the number of digits of each value
   */
  static void write(
      byte[] bytes, int[] starts, int prefix, int digits, int count, BodyWriter body) {
    body.meta.putVarint(digits);
    int packed = (int) (((long) count * digits + 1) / 2);
    int start = body.hard.reserve(packed);
    byte[] target = body.hard.array();
    Arrays.fill(target, start, start + packed, (byte) 0);
    long nibble = 0;
    for (int i = 0; i < count; i++) {
      int from = starts[i] + prefix;
      for (int at = from; at < from + digits; at++, nibble++) {
        int c = bytes[at];
        // Letters have bit 6 set, and their low bits count from 1.
        int value = (c & 0xF) + (c >> 6) * 9;
        target[start + (int) (nibble >>> 1)] |= (byte) (value << ((~nibble & 1) << 2));
      }
    }
    body.hard.length(start + packed);
  }

  /**
   * Writes one value with an even number of digits, at most 16.
   *
   * @param number the value of the digits
   */
  static void write(long number, int digits, BodyWriter body) {
    body.hard.putHigh(number << (64 - digits * 4), digits / 2);
  }

  static HexVariable read(HexDigits form, Affixes affixes, BodyReader body, int count)
      throws MalformedException {
    int digits = body.meta.getCount(BodyReader.MAX_AREA);
    long packed = ((long) count * digits + 1) / 2;
    if (packed > body.hard.remaining()) {
      throw new MalformedException("hexadecimal digits are truncated");
    }
    return new HexVariable(form, affixes, digits, body.hard.take((int) packed));
  }

  @Override
  Gap gap() {
    return new Gap(form.alphabet, digits, digits);
  }

  @Override
  void addLengths(BodyReader body, int[] lengths) {
    throw new IllegalStateException("All values have the same length");
  }

  @Override
  public VariableValues values(BodyReader body) {
    return new Values(this, body.hard.array());
  }

  private static final class Values extends VariableValues {

    private final HexDigits form;

    private final int digits;

    private final int at;

    private final byte[] packed;

    Values(HexVariable layout, byte[] packed) {
      super(layout.affixes, layout.digits);
      form = layout.form;
      digits = layout.digits;
      at = layout.at;
      this.packed = packed;
    }

    /** The packed digits belong to the body. */
    @Override
    long memoryBytes() {
      return 0;
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      byte[] texts = form.digits();
      long nibble = (long) index * digits;
      for (int i = 0; i < digits; i++, nibble++) {
        int b = packed[at + (int) (nibble >>> 1)];
        target[start + i] = texts[(b >>> ((~nibble & 1) << 2)) & 0xF];
      }
      return start + digits;
    }

    @Override
    void retainInner(Bitmap kept, GapCondition condition) {
      byte[] equal = condition.equal();
      if (equal == null || digits % 2 != 0) {
        super.retainInner(kept, condition);
        return;
      }
      byte[] wanted = (equal.length == digits) ? form.pack(equal) : null;
      if (wanted == null) {
        kept.clear();
        return;
      }
      for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
        int from = at + i * wanted.length;
        if (!Arrays.equals(packed, from, from + wanted.length, wanted, 0, wanted.length)) {
          kept.clear(i);
        }
      }
    }
  }
}
