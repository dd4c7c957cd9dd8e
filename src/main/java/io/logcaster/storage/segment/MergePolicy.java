package io.logcaster.storage.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses segments to merge. Segments of a day are put into levels by their number of records, each
 * level as many times larger than the one before as segments are merged at once; a level with that
 * many segments is merged into one of the next. So a record is rewritten about log(records of the
 * day) times, and a day ends with a handful of segments per level.
 */
final class MergePolicy {

  /** The smallest level holds everything below this. */
  private static final long FIRST_LEVEL = 10_000;

  /**
   * Nothing is merged beyond this: a merge must end in reasonable time and sorts the places of all
   * its records in memory, and a larger segment gains nothing.
   */
  private static final long MAX_RECORDS = 2_500_000;

  private MergePolicy() {}

  /** Segments of one day to merge; none when there is nothing to do. */
  static List<SegmentHandle> choose(List<SegmentHandle> segments, int fan) {
    Map<String, List<SegmentHandle>> groups = new TreeMap<>();
    for (SegmentHandle segment : segments) {
      long records = segment.info().records();
      int level = 0;
      for (long bound = FIRST_LEVEL; records >= bound; bound *= fan) {
        level++;
      }
      String key = level + " " + segment.day();
      List<SegmentHandle> group = groups.computeIfAbsent(key, (name) -> new ArrayList<>());
      group.add(segment);
      if (group.size() == fan && total(group) <= MAX_RECORDS) {
        return group;
      }
    }
    return List.of();
  }

  private static long total(List<SegmentHandle> group) {
    return group.stream().mapToLong((segment) -> segment.info().records()).sum();
  }
}
