package io.logcaster.query.exec.stats;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stats function at work: something kept for each group of rows. Not thread-safe: each worker has
 * its own, and they are merged in the end.
 */
public abstract class Accumulator {

  /**
   * Takes rows.
   *
   * @param groups the group of each selected row; null where there is but one, 0
   * @param count how many groups there are so far
   */
  public abstract void add(Frame frame, Bitmap rows, int @Nullable [] groups, int count);

  /**
   * Takes rows each of which stands for several. To most functions that can do so their number is
   * the same.
   *
   * @param rowCounts how many rows each row stands for
   */
  public void addCounts(
      Frame frame, Bitmap rows, int @Nullable [] groups, int count, long[] rowCounts) {
    add(frame, rows, groups, count);
  }

  /**
   * Takes over what another worker kept.
   *
   * @param mapping the number here of each group there
   * @param count how many groups there are here
   */
  public abstract void merge(Accumulator other, int[] mapping, int count);

  /** Appends the result of a group. */
  public abstract void print(int group, ByteBuilder target);

  public abstract long memoryBytes();

  /**
   * The fields that patterns name, each once: those of a frame in its order, then those it has not.
   */
  public static List<String> fields(Frame frame, List<FieldPattern> patterns) {
    List<String> fields = new ArrayList<>();
    for (String name : frame.names()) {
      if (FieldPattern.anyMatches(patterns, name)) {
        fields.add(name);
      }
    }
    for (FieldPattern pattern : patterns) {
      if (!pattern.prefix() && !fields.contains(pattern.name())) {
        fields.add(pattern.name());
      }
    }
    return fields;
  }

  /**
   * Whether an empty value of a field counts: where it was named, but not where a pattern found it.
   */
  static boolean isNamed(List<FieldPattern> patterns, String field) {
    return patterns.contains(new FieldPattern(field, false));
  }

  static int groupOf(int @Nullable [] groups, int row) {
    return (groups == null) ? 0 : groups[row];
  }

  /**
   * The length of an array that has to hold some groups: grown by half, so that growing stays rare.
   */
  public static int capacity(int present, int wanted) {
    return (wanted <= present) ? present : Math.max(wanted, present + (present >> 1));
  }
}
