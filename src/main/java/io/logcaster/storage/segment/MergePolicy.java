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
 * fan} segments, or when its segments together exceed {@value #MAX_RECORDS} records; the merge
 * takes as many of them as fit into that limit. So a record is rewritten about log(records of the
 * partition) times. A segment of at least half the limit is done and never merged again. In the end
 * a partition has fewer than {@code fan} segments in each level, and done segments.
 */
final class MergePolicy {

  /** The upper bound of the smallest level: writing so many records takes some milliseconds. */
  static final long FIRST_LEVEL = 10_000;

  /**
   * The maximum number of records of a merged segment: a merge must end in reasonable time, it
   * sorts references to all its records in memory, and larger segments gain nothing.
   */
  static final long MAX_RECORDS = 2_500_000;

  /** The maximum number of streams: a merge holds them in memory, half a kilobyte each. */
  static final long MAX_STREAMS = 100_000;

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

    boolean isDone() {
      return records >= MAX_RECORDS / 2 || streams >= MAX_STREAMS / 2;
    }

    int level(int fan) {
      int level = 0;
      for (long bound = FIRST_LEVEL; records >= bound; bound *= fan) {
        level++;
      }
      return level;
    }
  }

  private MergePolicy() {}

  /**
   * Chooses segments of one partition to merge; returns none if there is nothing to merge.
   *
   * @param fan the number of segments of one level that are merged, at least 2
   */
  static <T> List<T> choose(List<T> segments, Function<T, Measure> measure, int fan) {
    Map<String, List<T>> levels = new TreeMap<>();
    for (T segment : segments) {
      Measure size = measure.apply(segment);
      if (!size.isDone()) {
        levels
            .computeIfAbsent(size.level(fan) + " " + size.partition(), (key) -> new ArrayList<>())
            .add(segment);
      }
    }
    for (List<T> level : levels.values()) {
      long records = level.stream().mapToLong((segment) -> measure.apply(segment).records()).sum();
      if (level.size() >= fan || records > MAX_RECORDS) {
        return fitting(level, measure, fan);
      }
    }
    return List.of();
  }

  /** Returns the earliest segments of a level that fit into one segment: at least two always do. */
  private static <T> List<T> fitting(List<T> level, Function<T, Measure> measure, int fan) {
    List<T> byTime = new ArrayList<>(level);
    byTime.sort(Comparator.comparingLong((segment) -> measure.apply(segment).minTime()));
    List<T> group = new ArrayList<>();
    long records = 0;
    long streams = 0;
    for (T segment : byTime) {
      Measure size = measure.apply(segment);
      records += size.records();
      streams += size.streams();
      if (group.size() == fan || records > MAX_RECORDS || streams > MAX_STREAMS) {
        break;
      }
      group.add(segment);
    }
    return group;
  }
}
