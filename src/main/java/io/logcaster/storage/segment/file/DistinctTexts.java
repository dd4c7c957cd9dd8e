package io.logcaster.storage.segment.file;

import io.logcaster.record.Hash;
import io.logcaster.storage.segment.column.TextSlices;
import java.util.Arrays;

/**
 * Numbers distinct texts in the order of their first occurrence, up to the limits of a dictionary.
 * Reusable, not thread-safe.
 */
final class DistinctTexts {

  /** Instead of an index: the dictionary is full. */
  static final int FULL = -1;

  /** Up to this many distinct values, a dictionary always pays. */
  private static final int MIN_REPEATED = 8;

  /** Four slots for each entry of a full dictionary keep probes short. */
  private static final int TABLE = SegmentFormat.MAX_DICTIONARY * 4;

  /** A hash table with open addressing: the index of a text + 1; 0 marks a free slot. */
  private final short[] table = new short[TABLE];

  private final byte[] bytes = new byte[SegmentFormat.MAX_DICTIONARY_BYTES];

  private final int[] starts = new int[SegmentFormat.MAX_DICTIONARY];

  private final int[] ends = new int[SegmentFormat.MAX_DICTIONARY];

  private int count;

  void clear() {
    Arrays.fill(table, (short) 0);
    count = 0;
  }

  int count() {
    return count;
  }

  /** Returns the index of a text; copies a new text. {@link #FULL} if there is no room for it. */
  int indexOf(byte[] source, int from, int to) {
    int at = (int) Hash.bytes(source, from, to, 0) & TABLE - 1;
    while (table[at] != 0) {
      int known = table[at] - 1;
      if (is(known, source, from, to)) {
        return known;
      }
      at = at + 1 & TABLE - 1;
    }
    int used = (count == 0) ? 0 : ends[count - 1];
    if (count == starts.length || to - from > bytes.length - used) {
      return FULL;
    }
    System.arraycopy(source, from, bytes, used, to - from);
    starts[count] = used;
    ends[count] = used + to - from;
    table[at] = (short) (count + 1);
    return count++;
  }

  /** Whether the text at an index equals the given one. */
  boolean is(int index, byte[] source, int from, int to) {
    return Arrays.equals(bytes, starts[index], ends[index], source, from, to);
  }

  /**
   * Whether a dictionary of these texts pays for a column.
   *
   * @param presence the rows that have a value
   */
  boolean isWorthwhile(Presence presence) {
    return count + (presence.hasEmpty() ? 1 : 0) <= SegmentFormat.MAX_DICTIONARY
        && count <= Math.max(MIN_REPEATED, presence.count() / 2);
  }

  /** The texts, valid until the next {@link #clear}. */
  TextSlices texts() {
    return new TextSlices(bytes, starts, ends, count);
  }
}
