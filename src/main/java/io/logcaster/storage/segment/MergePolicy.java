package io.logcaster.storage.segment;

import io.logcaster.storage.segment.file.SegmentInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Chooses segments to merge. Segments of a partition are put into levels by their number of
 * records, each level as many times larger than the one before as segments are merged at once. A
 * level is merged when it has that many segments, or when together they exceed the largest segment
 * that is made; as many of them go into one as fit into that. So a record is rewritten about
 * log(records of the partition) times. A segment of at least half the largest size is done: hence
 * at the end a partition has fewer than {@code fan} segments in each level, and done ones of
 * {@value #MAX_RECORDS} records or at least half of that.
 */
final class MergePolicy {

  /** The smallest level holds everything below this: to write so many takes some milliseconds. */
  static final long FIRST_LEVEL = 10_000;

  /**
   * Nothing is merged beyond this: a merge must end in reasonable time and sorts the places of all
   * its records in memory, and a larger segment gains nothing.
   */
  static final long MAX_RECORDS = 2_500_000;

  /** A merge holds each stream of its segments in memory, half a kilobyte each. */
  static final long MAX_STREAMS = 100_000;

  /**
   * What counts of a segment.
   *
   * @param partition only segments of the same are merged
   * @param minTime those that follow each other in time are merged first
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
   * Segments of one partition to merge; none when there is nothing to do.
   *
   * @param fan how many segments of one level are merged, at least 2
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

  /** The earliest segments of a level, as many as go into one: two always do. */
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
