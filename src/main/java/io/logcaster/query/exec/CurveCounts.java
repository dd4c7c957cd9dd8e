package io.logcaster.query.exec;

import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.record.WorkLimit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of some filters and of all templates in equal parts of a range, and how many
 * records any two of them have in common. Rows come from several workers; the results are read when
 * all of them have ended.
 */
public final class CurveCounts implements RowSink {

  /** The part of a row that lies outside of the range, or has no time. */
  private static final int NO_PART = -1;

  private final List<RowMatcher> filters;

  private final long start;

  private final double width;

  private final int parts;

  private final @Nullable Worker[] workers;

  /**
   * Counts from {@code start} to {@code end}, both included, in nanoseconds since the epoch.
   *
   * @param parts how many parts the range has
   */
  public CurveCounts(int workers, List<RowMatcher> filters, long start, long end, int parts) {
    this.filters = List.copyOf(filters);
    this.start = start;
    this.width = (end - start + 1.0) / parts;
    this.parts = parts;
    this.workers = new Worker[workers];
  }

  /**
   * What was counted.
   *
   * @param records all records, by the part of the range
   * @param filters the records of each filter, by the part of the range
   * @param common how many records two filters have in common; a filter and itself: all of its
   *     records
   * @param templates the records of each template
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Curves(
      long[] records, long[][] filters, long[][] common, Map<String, TemplateCurve> templates) {}

  /**
   * The records of a template.
   *
   * @param counts by the part of the range
   * @param records how many there are
   * @param common how many it has in common with each filter
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record TemplateCurve(long[] counts, long records, long[] common) {

    /** Both together. */
    public TemplateCurve plus(TemplateCurve other) {
      return new TemplateCurve(
          sum(counts, other.counts), records + other.records, sum(common, other.common));
    }
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int number) {
    Worker worker = workers[number];
    if (worker == null) {
      worker = new Worker();
      workers[number] = worker;
    }
    worker.add(frame, rows);
    return true;
  }

  /** All counts. */
  public Curves curves() {
    long[] records = new long[parts];
    long[][] curves = new long[filters.size()][parts];
    long[][] common = new long[filters.size()][filters.size()];
    Map<String, TemplateCurve> templates = new HashMap<>();
    for (Worker worker : workers) {
      if (worker != null) {
        add(records, worker.records);
        for (int i = 0; i < filters.size(); i++) {
          add(curves[i], worker.curves[i]);
          add(common[i], worker.common[i]);
        }
        worker.copyTo(templates);
      }
    }
    return new Curves(records, curves, common, templates);
  }

  private static void add(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    add(sum, other);
    return sum;
  }

  private final class Worker {

    private final long[] records = new long[parts];

    private final long[][] curves = new long[filters.size()][parts];

    private final long[][] common = new long[filters.size()][filters.size()];

    private final TemplateCodes templates = new TemplateCodes();

    /**
     * For each template its counts in the parts of the range, then those it has in common with each
     * filter, then all of its records.
     */
    private long[] counts = new long[0];

    private final int stride = parts + filters.size() + 1;

    /** The memory that the query's budget knows of, in bytes. */
    private long held;

    void add(Frame frame, Bitmap rows) {
      int[] at = parts(frame, rows);
      int[] codes = new int[frame.size()];
      frame.column(Field.MESSAGE).encode(rows, templates, codes);
      if (counts.length < templates.size() * stride) {
        counts = Arrays.copyOf(counts, Math.max(16, 2 * templates.size()) * stride);
      }
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        int template = codes[row] * stride;
        counts[template + stride - 1]++;
        if (at[row] != NO_PART) {
          records[at[row]]++;
          counts[template + at[row]]++;
        }
      }
      Bitmap[] found = new Bitmap[filters.size()];
      for (int i = 0; i < found.length; i++) {
        Bitmap own = rows.copy();
        filters.get(i).retain(frame, own);
        for (int row = own.next(0); row >= 0; row = own.next(row + 1)) {
          counts[codes[row] * stride + parts + i]++;
          if (at[row] != NO_PART) {
            curves[i][at[row]]++;
          }
        }
        found[i] = own;
        for (int other = 0; other <= i; other++) {
          int both = both(own, found[other]);
          common[i][other] += both;
          common[other][i] = common[i][other];
        }
      }
      long bytes = templates.memoryBytes() + 8L * counts.length;
      WorkLimit.holding(bytes - held);
      held = bytes;
    }

    private int both(Bitmap one, Bitmap other) {
      Bitmap both = one.copy();
      both.and(other);
      return both.cardinality();
    }

    /** The part of the range in which each row lies. */
    private int[] parts(Frame frame, Bitmap rows) {
      Column times = frame.column(Field.TIME);
      int[] at = new int[frame.size()];
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        long time =
            (times instanceof TimeColumn column)
                ? column.times()[row]
                : Timestamps.parse(times.text(row));
        double part = Math.floor((time - start) / width);
        at[row] = (time == Timestamps.INVALID || part < 0 || part >= parts) ? NO_PART : (int) part;
      }
      return at;
    }

    void copyTo(Map<String, TemplateCurve> target) {
      for (int code = 0; code < templates.size(); code++) {
        int from = code * stride;
        target.merge(
            templates.template(code),
            new TemplateCurve(
                Arrays.copyOfRange(counts, from, from + parts),
                counts[from + stride - 1],
                Arrays.copyOfRange(counts, from + parts, from + stride - 1)),
            TemplateCurve::plus);
      }
    }
  }
}
