package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.SegmentInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Chooses segments to merge. The segments of a partition have levels by their number of records;
 * the bounds of the levels grow by a factor of {@code fan}. A level is merged when it has {@code
 * fan} segments, or when its segments together exceed the limit of records; the merge takes as many
 * of them as fit into that limit. So a record is rewritten about log(records of the partition)
 * times. A segment of at least half the limit is done and never merged again. In the end a
 * partition has fewer than {@code fan} segments in each level, and done segments.
 *
 * @param fan the number of segments of one level that are merged, at least 2
 * @param together the number of segments that one merge reads at most, 2 to {@code fan}
 * @param maxRecords the maximum number of records of a merged segment
 * @param maxStreams the maximum number of streams of a merged segment
 */
record MergePolicy(int fan, int together, long maxRecords, long maxStreams) {

  /** The upper bound of the smallest level: writing so many records takes some milliseconds. */
  static final long FIRST_LEVEL = 10_000;

  /**
   * The maximum number of records of a merged segment: a merge must end in reasonable time, it
   * sorts references to all its records in memory, and larger segments gain nothing.
   */
  static final long MAX_RECORDS = 2_500_000;

  /** The maximum number of streams: a merge holds them in memory, half a kilobyte each. */
  static final long MAX_STREAMS = 100_000;

  /** A row takes so many bytes in the order that a merge sorts. */
  private static final int ROW_BYTES = 20;

  private static final int STREAM_BYTES = 512;

  /**
   * The decoded blocks that a merge holds of each segment: mostly one or two of 2 MB of text, with
   * what describes them.
   */
  private static final long SEGMENT_BYTES = 10L << 18;

  /**
   * The policy for merges that use at most some memory. Half of it is for the order of the rows and
   * the streams, half for decoded blocks.
   *
   * @param fan the number of segments of one level that are merged if there is enough memory
   * @param bytes the memory of one merge
   */
  static MergePolicy within(long bytes, int fan) {
    return new MergePolicy(
        fan,
        Math.clamp(bytes / 2 / SEGMENT_BYTES, 2, fan),
        Math.clamp(bytes / 2 / ROW_BYTES, 8 * FIRST_LEVEL, MAX_RECORDS),
        Math.clamp(bytes / 4 / STREAM_BYTES, 1_000, MAX_STREAMS));
  }

  /**
   * The properties of a segment that matter for merging.
   *
   * @param partition only segments of the same partition are merged
   * @param minTime the earliest time; the earliest segments are merged first
   */
  record Measure(String partition, long records, long streams, long minTime) {

    static Measure of(SegmentHandle segment) {
      SegmentInfo info = segment.info();
      return new Measure(
          segment.day(), info.records(), segment.reader().streamCount(), info.minTime());
    }

    int level(int fan) {
      int level = 0;
      for (long bound = FIRST_LEVEL; records >= bound; bound *= fan) {
        level++;
      }
      return level;
    }
  }

  private boolean isDone(Measure segment) {
    return segment.records() >= maxRecords / 2 || segment.streams() >= maxStreams / 2;
  }

  /** Chooses segments of one partition to merge; returns none if there is nothing to merge. */
  <T> List<T> choose(List<T> segments, Function<T, Measure> measure) {
    Map<String, List<T>> levels = new TreeMap<>();
    for (T segment : segments) {
      Measure size = measure.apply(segment);
      if (!isDone(size)) {
        levels
            .computeIfAbsent(size.level(fan) + " " + size.partition(), (key) -> new ArrayList<>())
            .add(segment);
      }
    }
    for (List<T> level : levels.values()) {
      long records = level.stream().mapToLong((segment) -> measure.apply(segment).records()).sum();
      if (level.size() >= fan || records > maxRecords) {
        return fitting(level, measure);
      }
    }
    return List.of();
  }

  /** Returns the earliest segments of a level that fit into one segment: at least two always do. */
  private <T> List<T> fitting(List<T> level, Function<T, Measure> measure) {
    List<T> byTime = new ArrayList<>(level);
    byTime.sort(Comparator.comparingLong((segment) -> measure.apply(segment).minTime()));
    List<T> group = new ArrayList<>();
    long records = 0;
    long streams = 0;
    for (T segment : byTime) {
      Measure size = measure.apply(segment);
      records += size.records();
      streams += size.streams();
      if (group.size() == together || records > maxRecords || streams > maxStreams) {
        break;
      }
      group.add(segment);
    }
    return group;
  }
}
