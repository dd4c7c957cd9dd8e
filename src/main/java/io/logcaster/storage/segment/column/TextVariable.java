package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;

/** Arbitrary texts, stored back to back. */
final class TextVariable extends VariableLayout {

  static final int KIND = 6;

  private final LongsLayout lengths;

  /** The offset of the texts in the soft area. */
  private final int at;

  private TextVariable(Affixes affixes, LongsLayout lengths, int at) {
    super(affixes);
    this.lengths = lengths;
    this.at = at;
  }

  /**
   * Writes the texts. The caller has written the affixes.
   *
   * @param bytes the text that contains the values
   * @param starts where each value begins, its prefix included
   * @param prefix the length of the prefix
   * @param lengths the lengths of the values without their affixes
   */
  static void write(
      byte[] bytes,
      int[] starts,
      int prefix,
      long[] lengths,
      int count,
      LongsEncoder encoder,
      BodyWriter body) {
    // The compressed part of the lengths must precede the text, in the order of reading.
    encoder.encode(lengths, count, body);
    for (int i = 0; i < count; i++) {
      int from = starts[i] + prefix;
      body.soft.put(bytes, from, from + (int) lengths[i]);
    }
  }

  static TextVariable read(Affixes affixes, BodyReader body, int count) throws MalformedException {
    LongsLayout lengths = LongsLayout.read(body, count);
    long used = 0;
    // The total length tells where the next values begin, so the lengths are decoded here.
    for (long length : lengths.decode(body)) {
      if (length < 0 || length > body.soft.remaining() - used) {
        throw new MalformedException("value of " + length + " bytes");
      }
      used += length;
    }
    return new TextVariable(affixes, lengths, body.soft.take((int) used));
  }

  @Override
  Gap gap() {
    return new Gap(Alphabet.ANY, 0, Integer.MAX_VALUE);
  }

  @Override
  public VariableValues values(BodyReader body) throws MalformedException {
    long[] each = lengths.decode(body);
    int[] ends = new int[each.length];
    int end = at;
    int longest = 0;
    for (int i = 0; i < ends.length; i++) {
      end += (int) each[i];
      ends[i] = end;
      longest = Math.max(longest, (int) each[i]);
    }
    return new Values(affixes, longest, at, ends, body.soft.array());
  }

  private static final class Values extends VariableValues {

    private final int at;

    /** Where each text ends in the soft area. */
    private final int[] ends;

    private final byte[] bytes;

    Values(Affixes affixes, int longest, int at, int[] ends, byte[] bytes) {
      super(affixes, longest);
      this.at = at;
      this.ends = ends;
      this.bytes = bytes;
    }

    @Override
    long memoryBytes() {
      return 4L * ends.length;
    }

    private int start(int index) {
      return (index == 0) ? at : ends[index - 1];
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      int from = start(index);
      int length = ends[index] - from;
      System.arraycopy(bytes, from, target, start, length);
      return start + length;
    }

    @Override
    void retainInner(Bitmap kept, GapCondition condition) {
      BytesPredicate test = condition.test();
      for (int i = kept.next(0); i >= 0; i = kept.next(i + 1)) {
        if (!test.test(bytes, start(i), ends[i])) {
          kept.clear(i);
        }
      }
    }
  }
}
