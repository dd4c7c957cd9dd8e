package io.logcaster.storage;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** Blocks of which the consumer needed no more than their index tells. */
    BLOCKS_COUNTED,

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

  /** Places that are kept of what is damaged; more tell no more. */
  private static final int MAX_DAMAGE = 20;

  private final Set<String> damage = new LinkedHashSet<>();

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  public ScanTrace() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  private LongAdder of(Count count) {
    return Objects.requireNonNull(counts.get(count));
  }

  public void add(Count count, long number) {
    of(count).add(number);
  }

  public long get(Count count) {
    return of(count).sum();
  }

  /** Notes a place that could not be read, whose records are left out. */
  public void damaged(String place) {
    synchronized (damage) {
      if (damage.size() < MAX_DAMAGE) {
        damage.add(place);
      }
    }
  }

  /** What could not be read and is left out of the answer; empty where the answer is whole. */
  public List<String> damage() {
    synchronized (damage) {
      return List.copyOf(damage);
    }
  }
}
