package io.logcaster.storage;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a scan met and what it cost, counted while it runs. Safe for use by many threads at once.
 */
public final class ScanTrace {

  /** What is counted. */
  public enum Count {
    SEGMENTS,

    /** Segments none of whose records lie in the time range. */
    SEGMENTS_OUT_OF_TIME,

    /** Blocks of the other segments, and batches in memory. */
    BLOCKS,

    /** Blocks none of whose records lie in the time range. */
    BLOCKS_OUT_OF_TIME,

    /** Blocks that the filter turned down unread. */
    BLOCKS_TURNED_DOWN,

    BLOCKS_READ,

    /** Bytes of columns read from files, as they are stored. */
    BYTES_READ,

    /** Values read whose text had to be put together. */
    VALUES_DECODED,

    /** Time of all workers that chose blocks, in nanoseconds. */
    CHOOSE_NANOS,

    /** Time of all workers that selected rows. */
    FILTER_NANOS,

    /** Time of all workers that took rows. */
    TAKE_NANOS
  }

  private final LongAdder[] counts = new LongAdder[Count.values().length];

  public ScanTrace() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  public void add(Count count, long number) {
    counts[count.ordinal()].add(number);
  }

  public long get(Count count) {
    return counts[count.ordinal()].sum();
  }
}
