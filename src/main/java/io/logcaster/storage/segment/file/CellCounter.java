package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.ByteSink;

/** Counts the rows of each dictionary entry in each run. Reusable, not thread-safe. */
final class CellCounter {

  private final int[] counts = new int[SegmentFormat.MAX_DICTIONARY];

  private final ByteSink bytes = new ByteSink(1 << 8);

  /** The last counts, in the format that {@link SegmentFormat} specifies. */
  ByteSink bytes() {
    return bytes;
  }

  /**
   * Counts the rows of a block.
   *
   * @param codes the codes of the rows
   * @param at the index of the first row's code
   * @param runEnds the row after the last of each run
   */
  void count(byte[] codes, int at, int[] runEnds) {
    bytes.clear();
    bytes.putVarint(runEnds.length);
    int cells = 0;
    int from = 0;
    for (int end : runEnds) {
      cells += count(codes, at + from, at + end);
      from = end;
      if (cells > SegmentFormat.MAX_CELLS && runEnds.length > 1) {
        bytes.clear();
        bytes.putVarint(1);
        count(codes, at, at + runEnds[runEnds.length - 1]);
        return;
      }
    }
  }

  private int count(byte[] codes, int from, int to) {
    int values = 0;
    for (int i = from; i < to; i++) {
      values += (counts[codes[i] & 0xff]++ == 0) ? 1 : 0;
    }
    bytes.putVarint(values);
    for (int code = 0, left = values; left > 0; code++) {
      if (counts[code] > 0) {
        bytes.put(code);
        bytes.putVarint(counts[code]);
        counts[code] = 0;
        left--;
      }
    }
    return values;
  }
}
