package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Splits batches by UTC day, and names what belongs to a day. */
final class Partitions {

  /** The rows of one day. */
  static final class Rows {

    final List<RecordBatch> batches = new ArrayList<>();

    /** Which rows of each batch; null for all. */
    final List<@Nullable Bitmap> keep = new ArrayList<>();
  }

  private Partitions() {}

  /** The rows of batches by day, each row once. */
  static SortedMap<Long, Rows> split(List<RecordBatch> batches) {
    TreeMap<Long, Rows> days = new TreeMap<>();
    for (RecordBatch batch : batches) {
      if (batch.size() == 0) {
        continue;
      }
      long first = day(batch.minTime());
      if (first == day(batch.maxTime())) {
        add(days, first, batch, null);
        continue;
      }
      TreeMap<Long, Bitmap> rows = new TreeMap<>();
      long[] times = batch.times();
      for (int row = 0; row < batch.size(); row++) {
        rows.computeIfAbsent(day(times[row]), (day) -> Bitmap.none(batch.size())).set(row);
      }
      rows.forEach((day, bitmap) -> add(days, day, batch, bitmap));
    }
    return days;
  }

  private static void add(
      SortedMap<Long, Rows> days, long day, RecordBatch batch, @Nullable Bitmap keep) {
    Rows rows = days.computeIfAbsent(day, (key) -> new Rows());
    rows.batches.add(batch);
    rows.keep.add(keep);
  }

  /** Days since 1970-01-01 of a time in nanoseconds. */
  static long day(long time) {
    return Math.floorDiv(time, Timestamps.DAY);
  }

  /** {@code 2026-11-21}. */
  static String name(long day) {
    return Timestamps.format(day * Timestamps.DAY).substring(0, 10);
  }

  /**
   * The file of a segment in its day's directory. The name tells up to where the write-ahead log is
   * in it, which lets a lost manifest be made again.
   */
  static String file(long number, long sequence) {
    return String.format(Locale.ROOT, "%010d-%d.seg", number, sequence);
  }

  /** The number in a segment's file name; -1 for other files. */
  static long number(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{10}-\\d+\\.seg") ? Long.parseLong(name.substring(0, 10)) : -1;
  }

  /** The WAL sequence in a segment's file name. */
  static long sequence(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(11, name.length() - 4));
  }
}
