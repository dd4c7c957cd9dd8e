package io.logcaster.query.exec.compare;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.WorkLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of every field on one side of a comparison. The fields that each record has,
 * and its message, are left out. Rows come from several workers; the totals are read when all of
 * them have ended.
 */
public final class FieldCounts implements RowSink {

  private static final Set<String> LEFT_OUT =
      Set.of(Field.TIME, Field.MESSAGE, Field.STREAM, Field.STREAM_ID);

  private final @Nullable Part[] parts;

  public FieldCounts(int workers) {
    parts = new Part[workers];
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Part part = parts[worker];
    if (part == null) {
      part = new Part();
      parts[worker] = part;
    }
    part.add(frame, rows);
    return true;
  }

  /** How many rows were taken. */
  public long rows() {
    long rows = 0;
    for (Part part : parts) {
      rows += (part == null) ? 0 : part.rows;
    }
    return rows;
  }

  /** The counts of each field. */
  Map<String, FieldTally> totals() {
    Map<String, FieldTally> totals = new HashMap<>();
    for (Part part : parts) {
      if (part != null) {
        part.fields.forEach(
            (field, counts) ->
                totals.computeIfAbsent(field, (name) -> new FieldTally()).merge(counts));
      }
    }
    return totals;
  }

  private static final class Part {

    private final Map<String, FieldTally> fields = new HashMap<>();

    private long rows;

    /** The memory that the query's budget knows of, in bytes. */
    private long held;

    void add(Frame frame, Bitmap selected) {
      rows += selected.cardinality();
      for (String field : frame.names()) {
        if (!LEFT_OUT.contains(field)) {
          fields
              .computeIfAbsent(field, (name) -> new FieldTally())
              .add(frame.column(field), selected);
        }
      }
      long bytes = 0;
      for (FieldTally counts : fields.values()) {
        bytes += counts.memoryBytes();
      }
      WorkLimit.holding(bytes - held);
      held = bytes;
    }
  }
}
