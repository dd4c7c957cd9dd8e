package io.logcaster.query.exec;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.exec.frame.Buckets;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.record.WorkLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows in many consecutive steps of time, by the values of some fields. What {@code stats by
 * (…, _time:step) count()} answers, but a group and step takes 8 bytes instead of a row.
 */
public final class StepCounts implements RowSink {

  /** The steps of a page, which exists from its first row on: groups may be short-lived. */
  private static final int PAGE = 256;

  private static final long[] NO_PAGE = {};

  private final List<Bucket> fields;
  private final List<Supplier<KeyColumn>> keys;
  private final long first;
  private final long width;
  private final int steps;
  private final @Nullable Part[] parts;

  /**
   * @param fields by which rows are grouped
   * @param first the start of the first step, in nanoseconds since the epoch
   * @param width the length of a step in nanoseconds
   * @param steps how many there are; rows of other times are left out
   */
  public StepCounts(List<Bucket> fields, long first, long width, int steps, int workers) {
    this.fields = List.copyOf(fields);
    this.keys = fields.stream().map(Buckets::key).toList();
    this.first = first;
    this.width = width;
    this.steps = steps;
    this.parts = new Part[workers];
  }

  /** Receives the steps that have rows. */
  @FunctionalInterface
  public interface Visitor {

    void count(int step, long count);
  }

  /** A group of rows: the values of the fields that have one, and its counts. */
  public static final class Group {

    private final SortedMap<String, String> labels;
    private final long[][] pages;

    private Group(SortedMap<String, String> labels, long[][] pages) {
      this.labels = labels;
      this.pages = pages;
    }

    public Map<String, String> labels() {
      return labels;
    }

    public void visit(Visitor visitor) {
      for (int page = 0; page < pages.length; page++) {
        long[] counts = pages[page];
        for (int i = 0; i < counts.length; i++) {
          if (counts[i] > 0) {
            visitor.count(page * PAGE + i, counts[i]);
          }
        }
      }
    }
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Part part = parts[worker];
    if (part == null) {
      part = new Part();
      parts[worker] = part;
    }
    part.take(frame, rows);
    return true;
  }

  /** The groups, once all rows are in. */
  public List<Group> groups() {
    Part all = new Part();
    for (Part part : parts) {
      if (part != null) {
        all.merge(part);
      }
    }
    List<Group> groups = new ArrayList<>();
    for (int group = 0; group < all.counts.size(); group++) {
      groups.add(new Group(all.labels(group), all.counts.get(group)));
    }
    return groups;
  }

  private final class Part {

    private final @Nullable GroupKeys groups = keys.isEmpty() ? null : new GroupKeys(keys);
    private int[] codes = new int[0];
    private final List<long[][]> counts = new ArrayList<>();
    private long pages;
    private long held;

    void take(Frame frame, Bitmap rows) {
      if (codes.length < frame.size()) {
        codes = new int[frame.size()];
      }
      if (groups != null) {
        groups.encode(frame, rows, codes);
        reach(groups.size());
      } else {
        reach(1);
      }
      count(times(frame.column(Field.TIME), rows), rows);
      long bytes = 8L * PAGE * pages + (groups == null ? 0 : groups.memoryBytes());
      WorkLimit.holding(bytes - held);
      held = bytes;
    }

    private void reach(int size) {
      while (counts.size() < size) {
        long[][] added = new long[Math.ceilDiv(steps, PAGE)][];
        Arrays.fill(added, NO_PAGE);
        counts.add(added);
        pages += Math.ceilDiv(added.length, PAGE);
      }
    }

    /** Neighbouring rows are mostly in the same step, whose number is then known. */
    private void count(long[] times, Bitmap rows) {
      long from = 0;
      long to = 0;
      int step = 0;
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        long time = times[row];
        if (time < from || time >= to) {
          long index = Math.floorDiv(time - first, width);
          if (index < 0 || index >= steps) {
            continue;
          }
          step = (int) index;
          from = first + index * width;
          to = from + width;
        }
        add(codes[row], step, 1);
      }
    }

    private void add(int group, int step, long count) {
      long[][] own = counts.get(group);
      long[] page = own[step / PAGE];
      if (page.length == 0) {
        page = new long[PAGE];
        own[step / PAGE] = page;
        pages++;
      }
      page[step % PAGE] += count;
    }

    void merge(Part other) {
      int[] mapping = {0};
      if (groups != null && other.groups != null) {
        mapping = groups.merge(other.groups);
        reach(groups.size());
      } else {
        reach(other.counts.size());
      }
      for (int group = 0; group < other.counts.size(); group++) {
        int own = mapping[group];
        long[][] theirs = other.counts.set(group, new long[0][]);
        new Group(new TreeMap<>(), theirs).visit((step, count) -> add(own, step, count));
      }
    }

    SortedMap<String, String> labels(int group) {
      SortedMap<String, String> labels = new TreeMap<>();
      ByteBuilder value = new ByteBuilder(64);
      for (int i = 0; groups != null && i < fields.size(); i++) {
        value.truncate(0);
        groups.print(group, i, value);
        if (value.length() > 0) {
          labels.put(
              fields.get(i).field(),
              new String(value.array(), 0, value.length(), StandardCharsets.UTF_8));
        }
      }
      return labels;
    }
  }

  private static long[] times(Column column, Bitmap rows) {
    if (column instanceof TimeColumn times) {
      return times.times();
    }
    // A pipe has changed them.
    long[] times = new long[rows.size()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      times[row] = Timestamps.parse(column.text(row));
    }
    return times;
  }
}
