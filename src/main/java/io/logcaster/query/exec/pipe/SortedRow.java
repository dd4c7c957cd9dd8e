package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.SortValue;
import io.logcaster.query.exec.frame.StoredRow;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row that may be in the result of a sort: its values, or where to read them. */
final class SortedRow {

  /** What a row takes in memory besides its values. */
  private static final int ROW_BYTES = 96;

  private final List<SortValue> keys;

  private final long sequence;

  private final int number;

  private @Nullable RecordBatch batch;

  private @Nullable StoredRow values;

  private boolean dropped;

  /**
   * Creates a row without values.
   *
   * @param keys the values to sort by
   * @param sequence the order of rows whose keys are equal
   * @param number the row's number in its frame
   */
  SortedRow(List<SortValue> keys, long sequence, int number) {
    this.keys = keys;
    this.sequence = sequence;
    this.number = number;
  }

  List<SortValue> keys() {
    return keys;
  }

  long sequence() {
    return sequence;
  }

  /** The batch to read the values from; null where they are known. */
  @Nullable RecordBatch batch() {
    return batch;
  }

  /** Reads the values from a batch later, if the row is in the result. */
  void readLater(RecordBatch batch) {
    this.batch = batch;
  }

  /** Whether the row was pushed out by better ones. */
  boolean isDropped() {
    return dropped;
  }

  /** Drops the row and returns what it was counted for in memory, in bytes. */
  long drop() {
    dropped = true;
    StoredRow known = values;
    return (known != null) ? ownBytes() + known.memoryBytes() : (batch != null) ? ownBytes() : 0;
  }

  /** Appends the values as a row, which is not ended. */
  void copyTo(RowList out) {
    Objects.requireNonNull(values).copyTo(out);
  }

  /** What the row takes in memory besides its values, in bytes. */
  long ownBytes() {
    long bytes = ROW_BYTES;
    for (SortValue key : keys) {
      bytes += key.memoryBytes();
    }
    return bytes;
  }

  /** Keeps the values of a row of columns, and returns how much memory they take. */
  private long store(List<String> names, Column[] columns, int at) {
    StoredRow stored = StoredRow.of(names, columns, at);
    values = stored;
    batch = null;
    return stored.memoryBytes();
  }

  /** Reads the values of rows of a batch and of no others; returns how much memory they take. */
  static long store(RecordBatch batch, List<SortedRow> rows) {
    rows.sort(Comparator.comparingInt((row) -> row.number));
    Frame few = Frame.of(batch.gather(rows.stream().mapToInt((row) -> row.number).toArray()));
    List<String> names = few.names();
    Column[] columns = StoredRow.columns(few, names, Bitmap.all(rows.size()));
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      bytes += rows.get(i).store(names, columns, i);
    }
    return bytes;
  }

  /** Keeps the values of rows of a frame; returns how much memory they take. */
  static long store(Frame frame, List<SortedRow> rows) {
    Bitmap selected = Bitmap.none(frame.size());
    rows.forEach((row) -> selected.set(row.number));
    List<String> names = frame.names();
    Column[] columns = StoredRow.columns(frame, names, selected);
    long bytes = 0;
    for (SortedRow row : rows) {
      bytes += row.store(names, columns, row.number);
    }
    return bytes;
  }
}
