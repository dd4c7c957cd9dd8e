package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.WorkLimit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to records of a batch, kept apart from it until all of them are known. Used by one thread
 * at a time.
 */
public final class RecordEdits {

  /** What an entry of the maps takes, about. */
  private static final int OVERHEAD = 64;

  /** The bounds of the chain's step, which other threads do not see by themselves. */
  private final @Nullable WorkLimit limit =
      WorkLimit.CURRENT.isBound() ? WorkLimit.CURRENT.get() : null;

  private final Map<String, Map<Integer, String>> values = new HashMap<>();
  private final Bitmap dropped;
  private volatile boolean ended;

  RecordEdits(int rows) {
    dropped = Bitmap.none(rows);
  }

  /**
   * Sets a field.
   *
   * @param value empty to remove it
   * @throws IllegalArgumentException if the field is the server's own
   */
  public void set(int row, String field, String value) {
    if (field.isEmpty() || (field.startsWith("_") && !field.equals(Field.MESSAGE))) {
      throw new IllegalArgumentException("The field '" + field + "' cannot be set");
    }
    checkOpen();
    if (limit != null) {
      limit.grow(OVERHEAD + 2L * value.length());
    }
    values.computeIfAbsent(field, (name) -> new HashMap<>()).put(row, value);
  }

  /** Drops a record. */
  public void drop(int row) {
    checkOpen();
    dropped.set(row);
  }

  private void checkOpen() {
    if (ended) {
      throw new IllegalStateException("The records have gone on");
    }
  }

  /** The value that was set; null if none was. */
  public @Nullable String value(int row, String field) {
    Map<Integer, String> rows = values.get(field);
    return (rows == null) ? null : rows.get(row);
  }

  /** The names of the fields that were set. */
  public Iterable<String> fields() {
    return values.keySet();
  }

  /** Refuses further changes. */
  public void end() {
    ended = true;
  }

  /** One record with its changes. */
  public RecordBatch changed(RecordBatch batch, int row) {
    RecordBatch one = batch.gather(new int[] {row});
    for (String field : values.keySet()) {
      String value = value(row, field);
      if (value != null) {
        Patch patch = new Patch();
        patch.put(0, value);
        one = Patch.with(one, patch.over(one.column(field), 1));
      }
    }
    return one;
  }

  /**
   * Changes the batch.
   *
   * @param rows for each record, its row in the work's batch
   */
  void applyTo(Work work, int[] rows) {
    for (Map.Entry<String, Map<Integer, String>> field : values.entrySet()) {
      Patch patch = new Patch();
      field.getValue().forEach((row, value) -> patch.put(rows[row], value));
      work.batch =
          Patch.with(work.batch, patch.over(work.batch.column(field.getKey()), work.batch.size()));
    }
    for (int row = dropped.next(0); row >= 0; row = dropped.next(row + 1)) {
      work.remove(rows[row], Removal.PLUGIN);
    }
  }
}
