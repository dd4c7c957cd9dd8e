package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.exec.frame.TimeBucket;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts counted buckets into series, one for each group of values. */
final class HitSeries {

  /**
   * The maximum number of empty buckets filled with zeros, over all series; beyond it, only buckets
   * with hits are listed.
   */
  private static final long MAX_BUCKETS = 1_000_000;

  /**
   * A series.
   *
   * @param fields the values of its group
   * @param timestamps the beginnings of its buckets, ascending
   * @param values the number of records in each bucket
   */
  @Schema(name = "HitsSeries")
  record Hit(Map<String, String> fields, List<String> timestamps, List<Long> values, long total) {}

  private final List<String> fields;

  private final TimeBucket bucket;

  private final QueryRange range;

  HitSeries(List<String> fields, Bucket bucket, QueryRange range) {
    this.fields = fields;
    this.bucket = TimeBucket.of(bucket);
    this.range = range;
  }

  /**
   * The series of some rows, the largest first.
   *
   * @param most how many to give; the rest is added up in one more without fields; 0 for all
   */
  List<Hit> of(List<Map<String, String>> rows, long most) {
    Map<Map<String, String>, Series> groups = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      long time = Timestamps.parse(row.getOrDefault(Field.TIME, ""));
      if (time != Timestamps.INVALID) {
        Map<String, String> group = new LinkedHashMap<>();
        fields.forEach((field) -> group.put(field, row.getOrDefault(field, "")));
        groups
            .computeIfAbsent(group, Series::new)
            .add(time, Long.parseLong(row.getOrDefault("hits", "0")));
      }
    }
    List<Series> largest = new ArrayList<>(groups.values());
    largest.sort(Comparator.comparingLong(Series::total).reversed());
    if (most > 0 && largest.size() > most) {
      Series rest = new Series(Map.of());
      List<Series> others = largest.subList((int) most, largest.size());
      others.forEach(rest::addAll);
      others.clear();
      largest.add(rest);
    }
    fill(largest);
    return largest.stream().map(Series::toHit).toList();
  }

  /**
   * Adds the empty buckets of the range; where it is open, those between the first and the last.
   */
  private void fill(List<Series> all) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Series series : all) {
      first = Math.min(first, series.buckets.firstKey());
      last = Math.max(last, series.buckets.lastKey());
    }
    if (all.isEmpty()) {
      return;
    }
    long start = (range.start() == Long.MIN_VALUE) ? first : bucket.start(range.start());
    long end = (range.end() == Long.MAX_VALUE) ? last : range.end();
    if ((end - start) / (double) bucket.step() * all.size() > MAX_BUCKETS) {
      return;
    }
    for (long time = start; time <= end; time = bucket.next(time)) {
      for (Series series : all) {
        series.add(time, 0);
      }
    }
  }

  /** The buckets of one group. */
  private static final class Series {

    private final Map<String, String> fields;

    private final TreeMap<Long, Long> buckets = new TreeMap<>();

    private long total;

    Series(Map<String, String> fields) {
      this.fields = fields;
    }

    void add(long time, long hits) {
      buckets.merge(time, hits, Long::sum);
      total += hits;
    }

    void addAll(Series other) {
      other.buckets.forEach(this::add);
    }

    long total() {
      return total;
    }

    Hit toHit() {
      return new Hit(
          fields,
          buckets.keySet().stream().map(Timestamps::format).toList(),
          List.copyOf(buckets.values()),
          total);
    }
  }
}
