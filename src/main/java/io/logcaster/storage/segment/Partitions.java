package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Splits rows into partitions by UTC day, and names partitions and their files. Rows that are
 * spread over thousands of days, as in an imported file of old lines, would need as many files of a
 * few rows, each synced separately. So if there are many days, days with few rows share the
 * partition of their month, and months with few rows that of their year.
 */
final class Partitions {

  /** What the names of whole segments end with. */
  static final String SUFFIX = ".seg";

  /** With at most this many days in a sealed segment, each day has its own file: clocks differ. */
  private static final int FEW_DAYS = 4;

  /** With fewer rows, a segment takes longer to sync than to write. */
  private static final int FEW_ROWS = 4_000;

  /** The lengths of the prefixes of {@code 2026-11-21} that name a year, a month and a day. */
  private static final int[] NAME_LENGTHS = {4, 7, 10};

  /** The rows of one partition. */
  static final class Rows {

    final List<RecordBatch> batches = new ArrayList<>();

    /** The rows of each batch; null for all. */
    final List<@Nullable Bitmap> keep = new ArrayList<>();
  }

  private Partitions() {}

  /** Splits the rows of batches by partition, each row into exactly one. */
  static SortedMap<String, Rows> split(List<RecordBatch> batches) {
    Map<Long, String> names = names(batches);
    TreeMap<String, Rows> partitions = new TreeMap<>();
    for (RecordBatch batch : batches) {
      long day = day(batch.minTime());
      if (day == day(batch.maxTime())) {
        add(partitions, names.getOrDefault(day, name(day)), batch, null);
        continue;
      }
      Map<String, Bitmap> rows = new HashMap<>();
      long[] times = batch.times();
      Bitmap ofDay = null;
      for (int row = 0; row < batch.size(); row++) {
        if (ofDay == null || day != day(times[row])) {
          day = day(times[row]);
          ofDay =
              rows.computeIfAbsent(
                  names.getOrDefault(day, name(day)), (name) -> Bitmap.none(batch.size()));
        }
        ofDay.set(row);
      }
      rows.forEach((name, bitmap) -> add(partitions, name, batch, bitmap));
    }
    return partitions;
  }

  /** Returns the name of the partition of each day. */
  private static Map<Long, String> names(List<RecordBatch> batches) {
    Map<Long, Integer> days = new HashMap<>();
    for (RecordBatch batch : batches) {
      if (day(batch.minTime()) == day(batch.maxTime())) {
        days.merge(day(batch.minTime()), batch.size(), Integer::sum);
        continue;
      }
      long[] times = batch.times();
      for (int row = 0; row < batch.size(); row++) {
        days.merge(day(times[row]), 1, Integer::sum);
      }
    }
    Map<Long, String> names = new HashMap<>();
    days.keySet().forEach((day) -> names.put(day, name(day)));
    if (days.size() <= FEW_DAYS) {
      return names;
    }
    Map<String, Integer> rows = new HashMap<>();
    days.forEach(
        (day, count) -> {
          for (int length : NAME_LENGTHS) {
            rows.merge(name(day).substring(0, length), count, Integer::sum);
          }
        });
    names.replaceAll(
        (day, name) -> {
          if (rows.getOrDefault(name, 0) >= FEW_ROWS) {
            return name;
          }
          String month = name.substring(0, 7);
          return (rows.getOrDefault(month, 0) >= FEW_ROWS) ? month : name.substring(0, 4);
        });
    return names;
  }

  private static void add(
      SortedMap<String, Rows> partitions, String name, RecordBatch batch, @Nullable Bitmap keep) {
    Rows rows = partitions.computeIfAbsent(name, (key) -> new Rows());
    rows.batches.add(batch);
    rows.keep.add(keep);
  }

  /** Returns the partition of a file; null if its directory is not a partition. */
  static @Nullable String of(Path file) {
    Path directory = file.getParent();
    String name = (directory != null) ? directory.getFileName().toString() : "";
    return name.matches("\\d{4}(-\\d{2}){0,2}") ? name : null;
  }

  /** Whether a partition is a day, as opposed to a month or a year. */
  static boolean isDay(String name) {
    return name.length() == NAME_LENGTHS[2];
  }

  /** Returns the days since 1970-01-01 of a time in nanoseconds. */
  private static long day(long time) {
    return Math.floorDiv(time, Timestamps.DAY);
  }

  /** Formats a day as in {@code 2026-11-21}. */
  private static String name(long day) {
    return Timestamps.format(day * Timestamps.DAY).substring(0, 10);
  }

  /**
   * Returns the file name of a segment in its partition's directory. The name contains the last WAL
   * sequence in the segment, so that a lost manifest can be rebuilt.
   */
  static String file(long number, long sequence, String suffix) {
    return String.format(Locale.ROOT, "%010d-%d%s", number, sequence, suffix);
  }

  /** Returns the number in a segment's file name; -1 for other files. */
  static long number(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{10}-\\d+\\.(seg|tier)") ? Long.parseLong(name.substring(0, 10)) : -1;
  }

  /** Returns the WAL sequence in a segment's file name. */
  static long sequence(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(11, name.lastIndexOf('.')));
  }
}
