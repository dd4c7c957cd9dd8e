package io.logcaster.storage.segment;

import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.file.SegmentReader;
import org.jspecify.annotations.Nullable;

/** Neighbouring blocks of a segment, which a look at their words may rule out together. */
final class BlockGroup {

  final SegmentReader reader;
  final int number;

  /** The number of its blocks in the scan; complete before the first block is taken. */
  int size;

  /** What the filter said; asked once. */
  private volatile @Nullable Boolean mayMatch;

  BlockGroup(SegmentReader reader, int number) {
    this.reader = reader;
    this.number = number;
  }

  /** Asks once: a filter that rules blocks out never takes that back. */
  boolean mayMatch(RowFilter filter) {
    Boolean known = mayMatch;
    return (known != null) ? known : ask(filter);
  }

  private synchronized boolean ask(RowFilter filter) {
    if (mayMatch == null) {
      // If the words are damaged, the blocks can still be read.
      boolean answer = true;
      try {
        answer = filter.mayMatch(reader.groupSummary(number, size));
      } finally {
        mayMatch = answer;
      }
    }
    return Boolean.TRUE.equals(mayMatch);
  }

  /** Whether the filter was asked and has ruled out all blocks. */
  boolean isRuledOut() {
    return Boolean.FALSE.equals(mayMatch);
  }
}
