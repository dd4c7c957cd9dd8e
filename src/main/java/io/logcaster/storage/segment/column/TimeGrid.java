package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;

/**
 * The number of rows of a block in each of equal steps of time, so that a query can count by time
 * without reading times. Each possible step divides the next larger one, so buckets of the usual
 * widths can be summed from finer steps. Immutable.
 */
public final class TimeGrid {

  public static final TimeGrid NONE = new TimeGrid(0, 0, new int[0]);

  private static final long SECOND = 1_000_000_000L;

  /** A block has the finest of these steps that needs at most {@link #MAX_CELLS} cells. */
  private static final long[] STEPS = {
    SECOND,
    5 * SECOND,
    15 * SECOND,
    60 * SECOND,
    300 * SECOND,
    900 * SECOND,
    3_600 * SECOND,
    10_800 * SECOND,
    86_400 * SECOND
  };

  /**
   * A count takes one or two bytes, so a grid adds at most a kilobyte to a block's description.
   * Enough for the seconds of eight minutes, or the minutes of eight hours.
   */
  static final int MAX_CELLS = 512;

  private final long step;

  /** The number of the first step, counted from the epoch. */
  private final long first;

  private final int[] rows;

  private TimeGrid(long step, long first, int[] rows) {
    this.step = step;
    this.first = first;
    this.rows = rows;
  }

  /** The length of a step in nanoseconds; 0 if there is no grid. */
  public long step() {
    return step;
  }

  /** The number of rows in each step; do not modify. */
  public int[] rows() {
    return rows;
  }

  /** The start of a cell in nanoseconds since the epoch. */
  public long start(int cell) {
    return (first + cell) * step;
  }

  /** Chooses the step for a range of time, numbered from 1; 0 for none. */
  private static int choose(long min, long max) {
    for (int i = 0; i < STEPS.length; i++) {
      long cells = Math.floorDiv(max, STEPS[i]) - Math.floorDiv(min, STEPS[i]) + 1;
      if (cells <= MAX_CELLS) {
        // A single cell says no more than the block's range.
        return (cells == 1) ? 0 : i + 1;
      }
    }
    return 0;
  }

  public static TimeGrid read(ByteSource source, long min, long max, int rows)
      throws MalformedException {
    int chosen = source.getCount(STEPS.length);
    if (chosen == 0) {
      return NONE;
    }
    long step = STEPS[chosen - 1];
    long first = Math.floorDiv(min, step);
    long cells = Math.floorDiv(max, step) - first + 1;
    if (cells < 1 || cells > MAX_CELLS) {
      throw new MalformedException("time grid of " + cells + " steps");
    }
    int[] counts = new int[(int) cells];
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = source.getCount(rows - sum);
      sum += counts[i];
    }
    if (sum != rows) {
      throw new MalformedException("time grid counts " + sum + " of " + rows + " rows");
    }
    return new TimeGrid(step, first, counts);
  }

  /** Counts the rows of a block. Reusable, not thread-safe. */
  public static final class Counter {

    private final int[] counts = new int[MAX_CELLS];

    private int chosen;

    private int cells;

    private long step;

    private long first;

    private int cell;

    private long from;

    private long to;

    public void begin(long min, long max) {
      chosen = choose(min, max);
      step = (chosen == 0) ? 1 : STEPS[chosen - 1];
      first = Math.floorDiv(min, step);
      cells = (chosen == 0) ? 0 : (int) (Math.floorDiv(max, step) - first + 1);
      Arrays.fill(counts, 0, cells, 0);
      from = 0;
      to = 0;
    }

    /** Whether there is anything to count. */
    public boolean isNeeded() {
      return chosen > 0;
    }

    /** Counts a row. Neighbours are mostly in the same step, which then is not computed again. */
    public void add(long time) {
      if (time < from || time >= to) {
        long number = Math.floorDiv(time, step);
        cell = (int) (number - first);
        from = number * step;
        to = from + step;
      }
      counts[cell]++;
    }

    public void writeTo(ByteSink entry) {
      entry.put(chosen);
      for (int i = 0; i < cells; i++) {
        entry.putVarint(counts[i]);
      }
    }
  }
}
