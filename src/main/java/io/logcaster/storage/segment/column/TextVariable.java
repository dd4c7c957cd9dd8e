package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.record.Verdict.Walk;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Arbitrary texts, stored back to back. */
final class TextVariable extends VariableLayout {

  static final int KIND = 6;

  /** Longer texts count as unlimited. */
  private static final int MAX_ROUNDED = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NOT_ASCII = 0x8080808080808080L;

  private final LongsLayout lengths;

  /** The offset of the texts in the soft area. */
  private final int at;

  private final Gap gap;

  private TextVariable(Affixes affixes, LongsLayout lengths, int at, Gap gap) {
    super(affixes);
    this.lengths = lengths;
    this.at = at;
    this.gap = gap;
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
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    // The total length tells where the next values begin, so the lengths are decoded here.
    for (long length : lengths.decode(body)) {
      if (length < 0 || length > body.soft.remaining() - used) {
        throw new MalformedException("value of " + length + " bytes");
      }
      used += length;
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
    int at = body.soft.take((int) used);
    boolean ascii = isAscii(body.soft.array(), at, at + (int) used);
    return new TextVariable(affixes, lengths, at, gap(ascii, Math.min(shortest, longest), longest));
  }

  /**
   * A variable has no ASCII characters except letters, digits and underscores. Lengths are rounded,
   * because expressions remember where each kind of gap leads.
   */
  private static Gap gap(boolean ascii, long shortest, long longest) {
    int most = 4;
    while (most < longest && most <= MAX_ROUNDED) {
      most *= 2;
    }
    return new Gap(
        ascii ? Alphabet.WORD : Alphabet.ANY,
        (int) Math.min(1, shortest),
        (most < longest) ? Integer.MAX_VALUE : most);
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    long seen = 0;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      seen |= (long) LONGS.get(bytes, at);
    }
    for (; at < to; at++) {
      seen |= bytes[at];
    }
    return (seen & NOT_ASCII) == 0;
  }

  @Override
  Gap gap() {
    return gap;
  }

  @Override
  boolean isAscii() {
    return gap.alphabet() != Alphabet.ANY && super.isAscii();
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

  @Override
  void addLengths(BodyReader body, int[] target) throws MalformedException {
    long[] each = lengths.decode(body);
    for (int i = 0; i < each.length; i++) {
      target[i] += (int) each[i];
    }
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
    long walkInner(Walk walk, long place, int index, byte[] scratch) {
      return walk.next(place, bytes, start(index), ends[index]);
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
