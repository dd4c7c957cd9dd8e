package io.logcaster.storage.segment.column;

import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.TextShape.Alphabet;
import io.logcaster.record.TextShape.Gap;
import io.logcaster.record.Verdict.GapCondition;
import io.logcaster.record.Verdict.Walk;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;

/** A dictionary of the distinct values, and a one-byte code for each value. */
final class DictionaryVariable extends VariableLayout {

  static final int KIND = 5;

  /** Codes are unsigned bytes. */
  static final int MAX_ENTRIES = 256;

  /** From the smallest to the largest. */
  private static final Alphabet[] ALPHABETS = Alphabet.values();

  /** The entries, back to back. */
  private final byte[] entries;

  private final int[] ends;

  /** The offset of the codes in the soft area. */
  private final int at;

  private final int count;

  private final Gap gap;

  private DictionaryVariable(Affixes affixes, byte[] entries, int[] ends, int at, int count) {
    super(affixes);
    this.entries = entries;
    this.ends = ends;
    this.at = at;
    this.count = count;
    gap = computeGap();
  }

  /** Writes the entries and the codes. The caller has written the affixes. */
  static void write(TextSlices entries, byte[] codes, int count, BodyWriter body) {
    body.meta.putVarint(entries.count());
    for (int i = 0; i < entries.count(); i++) {
      body.meta.putSized(entries.bytes(), entries.start(i), entries.end(i));
    }
    body.soft.put(codes, 0, count);
  }

  static DictionaryVariable read(Affixes affixes, BodyReader body, int count)
      throws MalformedException {
    int[] ends = new int[body.meta.getCount(MAX_ENTRIES)];
    ByteSink entries = new ByteSink(256);
    for (int i = 0; i < ends.length; i++) {
      int length = body.meta.getCount(body.meta.remaining());
      int from = body.meta.take(length);
      entries.put(body.meta.array(), from, from + length);
      ends[i] = entries.length();
    }
    int codes = body.soft.take(count);
    return new DictionaryVariable(affixes, entries.toByteArray(), ends, codes, count);
  }

  private int start(int entry) {
    return (entry == 0) ? 0 : ends[entry - 1];
  }

  @Override
  Gap gap() {
    return gap;
  }

  @Override
  boolean isAscii() {
    return gap.alphabet() != Alphabet.ANY && super.isAscii();
  }

  private Gap computeGap() {
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int i = 0; i < ends.length; i++) {
      int length = ends[i] - start(i);
      min = Math.min(min, length);
      max = Math.max(max, length);
    }
    return new Gap(alphabet(), Math.min(min, max), max);
  }

  /** The smallest alphabet of all entries. */
  private Alphabet alphabet() {
    for (Alphabet alphabet : ALPHABETS) {
      if (hasAll(alphabet)) {
        return alphabet;
      }
    }
    return Alphabet.ANY;
  }

  private boolean hasAll(Alphabet alphabet) {
    for (byte b : entries) {
      if (!alphabet.has(b)) {
        return false;
      }
    }
    return true;
  }

  private byte[] codes(BodyReader body) throws MalformedException {
    byte[] codes = body.soft.array();
    for (int i = 0; i < count; i++) {
      if ((codes[at + i] & 0xff) >= ends.length) {
        throw new MalformedException("code is not below " + ends.length);
      }
    }
    return codes;
  }

  @Override
  public VariableValues values(BodyReader body) throws MalformedException {
    return new Values(this, codes(body));
  }

  @Override
  void addLengths(BodyReader body, int[] lengths) throws MalformedException {
    byte[] codes = codes(body);
    for (int i = 0; i < count; i++) {
      int entry = codes[at + i] & 0xff;
      lengths[i] += ends[entry] - start(entry);
    }
  }

  @Override
  long memoryBytes() {
    return super.memoryBytes() + entries.length + 4L * ends.length;
  }

  private static final class Values extends VariableValues {

    private final DictionaryVariable layout;

    private final byte[] codes;

    Values(DictionaryVariable layout, byte[] codes) {
      super(layout.affixes, layout.gap().maxLength());
      this.layout = layout;
      this.codes = codes;
    }

    /** The codes belong to the body. */
    @Override
    long memoryBytes() {
      return 0;
    }

    @Override
    int writeInner(int index, byte[] target, int start) {
      int entry = codes[layout.at + index] & 0xff;
      int from = layout.start(entry);
      int length = layout.ends[entry] - from;
      System.arraycopy(layout.entries, from, target, start, length);
      return start + length;
    }

    @Override
    long walkInner(Walk walk, long place, int index, byte[] scratch) {
      int entry = codes[layout.at + index] & 0xff;
      return walk.next(place, layout.entries, layout.start(entry), layout.ends[entry]);
    }

    @Override
    void retainInner(Bitmap kept, GapCondition condition) {
      BytesPredicate test = condition.test();
      boolean[] passes = new boolean[layout.ends.length];
      for (int entry = 0; entry < passes.length; entry++) {
        passes[entry] = test.test(layout.entries, layout.start(entry), layout.ends[entry]);
      }
      kept.retain(Arrays.copyOfRange(codes, layout.at, layout.at + layout.count), passes);
    }
  }
}
