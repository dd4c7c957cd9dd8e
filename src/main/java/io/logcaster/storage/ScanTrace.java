package io.logcaster.storage;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a scan does and what it costs while it runs. Safe for use by many threads at once.
 */
public final class ScanTrace {

  /** What is counted. */
  public enum Count {
    SEGMENTS,

    /** Segments pruned because they lie outside the time range. */
    SEGMENTS_OUT_OF_TIME,

    /** Blocks of the remaining segments, and batches in memory. */
    BLOCKS,

    /** Blocks pruned because they lie outside the time range. */
    BLOCKS_OUT_OF_TIME,

    /** Blocks that the filter pruned without reading them. */
    BLOCKS_FILTERED_OUT,

    /** Blocks that the consumer processed from their index alone. */
    BLOCKS_COUNTED,

    BLOCKS_READ,

    /** Bytes of columns read from files, in their stored (compressed) size. */
    BYTES_READ,

    /** Values whose text was decoded. */
    VALUES_DECODED,

    /** Time spent on choosing blocks, in nanoseconds, summed over all workers. */
    CHOOSE_NANOS,

    /** Time spent on selecting rows, likewise. */
    FILTER_NANOS,

    /** Time spent in the consumer, likewise. */
    TAKE_NANOS,

    /** Bytes of segments fetched from object storage, because they were not in the cache. */
    BYTES_FETCHED
  }

  /** What the text of a place has that is only out of reach at present. */
  public static final String OUT_OF_REACH = "object storage: ";

  /** The maximum number of damaged places to report; more would not help. */
  private static final int MAX_DAMAGE = 20;

  private final Set<String> damage = new LinkedHashSet<>();

  private @Nullable String lookup;

  private boolean isLookupWhole;

  private @Nullable String aggregations;

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

  /** Says what the storage looked up by itself, and what it left to the filter. */
  public void lookedUp(String query, boolean isWhole) {
    synchronized (damage) {
      lookup = query;
      isLookupWhole = isWhole;
    }
  }

  /** What the storage looked up in an index of its own, in that index's terms; null for nothing. */
  public @Nullable String lookup() {
    synchronized (damage) {
      return lookup;
    }
  }

  /** Whether the storage could look up the whole filter. */
  public boolean isLookupWhole() {
    synchronized (damage) {
      return isLookupWhole;
    }
  }

  /** Says what the storage counted instead of passing rows, in its index's terms. */
  public void aggregated(String what) {
    synchronized (damage) {
      aggregations = what;
    }
  }

  /** What the storage counted instead of passing rows; null for nothing. */
  public @Nullable String aggregations() {
    synchronized (damage) {
      return aggregations;
    }
  }

  /** Adds a place that could not be read and whose records are left out. */
  public void damaged(String place) {
    synchronized (damage) {
      if (damage.size() < MAX_DAMAGE) {
        damage.add(place);
      }
    }
  }

  /** The places that could not be read and are left out of the answer; empty if it is complete. */
  public List<String> damage() {
    synchronized (damage) {
      return List.copyOf(damage);
    }
  }
}
