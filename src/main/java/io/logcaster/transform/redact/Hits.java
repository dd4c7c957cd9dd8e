package io.logcaster.transform.redact;

import java.util.Arrays;

/** The ranges of a value that must be replaced, in order and without overlaps. */
final class Hits {

  private int[] kinds = new int[8];
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  int kind(int hit) {
    return kinds[hit];
  }

  int start(int hit) {
    return starts[hit];
  }

  int end(int hit) {
    return ends[hit];
  }

  /** The end of the last range; a range must not begin before it. */
  int covered(int from) {
    return (count == 0) ? from : ends[count - 1];
  }

  void add(int kind, int start, int end) {
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    kinds[count] = kind;
    starts[count] = start;
    ends[count++] = end;
  }
}
