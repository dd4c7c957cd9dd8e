package io.logcaster.storage.segment;

import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.file.SegmentReader;

/** Neighbouring blocks of a segment, which a look at their words may rule out together. */
final class BlockGroup {

  final SegmentReader reader;
  final int number;

  /** The number of its blocks in the scan; complete before the first block is taken. */
  int size;

  private boolean asked;
  private boolean mayMatch;

  BlockGroup(SegmentReader reader, int number) {
    this.reader = reader;
    this.number = number;
  }

  /** Asks once: a filter that rules blocks out never takes that back. */
  synchronized boolean mayMatch(RowFilter filter) {
    if (!asked) {
      asked = true;
      // If the words are damaged, the blocks can still be read.
      mayMatch = true;
      mayMatch = filter.mayMatch(reader.groupSummary(number, size));
    }
    return mayMatch;
  }
}
