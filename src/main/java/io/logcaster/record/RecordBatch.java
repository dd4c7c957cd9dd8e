package io.logcaster.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columnar unit that flows through the server: a time, a severity number, a stream and a value
 * per field for each of its rows. Immutable and safe to share between threads; arrays it returns
 * belong to the batch and must not be changed.
 *
 * <p>A batch that an input built holds plain arrays and can be read forever. A batch of a segment
 * decodes each column when it is first requested. It can be read only while the scan that passed it
 * on runs, and throws an {@link java.io.UncheckedIOException} if its file is damaged.
 */
public abstract class RecordBatch {

  private long arrivedNanos;

  private @Nullable PackedBatch packed;

  /** The number of rows. */
  public abstract int size();

  /**
   * Nanoseconds since the epoch of each row, at least {@link #size()} of them; not to be changed.
   */
  public abstract long[] times();

  /** The severity number of a row, 0 if unknown. */
  public abstract int severity(int row);

  /** The earliest time; meaningless for an empty batch. */
  public abstract long minTime();

  /** The latest time; meaningless for an empty batch. */
  public abstract long maxTime();

  /** The ordinal of a row's stream, for {@link #stream(int)}. */
  public abstract int streamOrdinal(int row);

  /** The number of streams; ordinals are below it. */
  public abstract int streamCount();

  /** The stream with an ordinal. */
  public abstract Stream stream(int ordinal);

  /**
   * The values of a field.
   *
   * @param name the field's name; {@link Field#MESSAGE} gives the message, the other built-in names
   *     give an empty column
   * @return its column, an empty {@link ConstantColumn} if no row has the field
   */
  public abstract Column column(String name);

  /** The names of the fields that rows may have, without the built-in ones. */
  public abstract List<String> fieldNames();

  /** The approximate memory of the batch in bytes. */
  public abstract long memoryBytes();

  /** The mark by which its sender counts deliveries; null if the sender does not count. */
  public @Nullable DeliveryMark mark() {
    return null;
  }

  /** When its first bytes arrived, by {@link System#nanoTime}; 0 if that is not known. */
  public final long arrivedNanos() {
    return arrivedNanos;
  }

  /** Sets when its first bytes arrived. To be called before the batch is shared. */
  public final RecordBatch arrivedAt(long nanos) {
    arrivedNanos = nanos;
    return this;
  }

  /**
   * Says in which form the batch arrived, whose rows must be grouped by stream. To be called before
   * the batch is shared.
   */
  public final RecordBatch packedAs(@Nullable PackedBatch form) {
    packed = form;
    return this;
  }

  /**
   * The form in which the batch arrived; null for none. The batch forgets it, because whoever logs
   * a batch keeps it in memory for a while.
   */
  public final @Nullable PackedBatch takePacked() {
    PackedBatch taken = packed;
    packed = null;
    return taken;
  }

  /** The same batch with a mark. */
  public final RecordBatch withMark(DeliveryMark mark) {
    return ArrayBatch.marked(this, mark).arrivedAt(arrivedNanos).packedAs(packed);
  }

  /**
   * A batch of the same rows, with the same streams, mark and arrival, but other times and columns.
   *
   * @param times nanoseconds since the epoch, at least one for each row
   * @param message the messages
   * @param fields the columns of the other fields by name, without built-in ones
   */
  public final RecordBatch withColumns(long[] times, Column message, Map<String, Column> fields) {
    return ArrayBatch.changed(this, times, message, fields).arrivedAt(arrivedNanos);
  }

  /** Frees what was decoded of a batch on disk; it is decoded again when requested. */
  public void release() {
    // A batch in memory cannot be decoded again.
  }

  /** One row as an object. */
  public final LogRecord record(int row) {
    List<Field> fields = new ArrayList<>();
    for (String name : fieldNames()) {
      Column column = column(name);
      if (!column.isEmpty(row)) {
        fields.add(new Field(name, column.text(row)));
      }
    }
    return new LogRecord(times()[row], severity(row), column(Field.MESSAGE).text(row), fields);
  }

  /** All rows as objects. */
  public final List<LogRecord> records() {
    List<List<Field>> fields = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      fields.add(new ArrayList<>());
    }
    for (String name : fieldNames()) {
      Column column = column(name);
      for (int row = 0; row < size(); row++) {
        if (!column.isEmpty(row)) {
          fields.get(row).add(new Field(name, column.text(row)));
        }
      }
    }
    Column message = column(Field.MESSAGE);
    List<LogRecord> records = new ArrayList<>(size());
    for (int row = 0; row < size(); row++) {
      records.add(new LogRecord(times()[row], severity(row), message.text(row), fields.get(row)));
    }
    return records;
  }

  /**
   * A batch of the selected rows, with the mark of this one even if no row is left.
   *
   * @param rows which rows, out of {@link #size()}
   * @return this batch if all are selected, else a copy
   */
  public final RecordBatch select(Bitmap rows) {
    int count = rows.cardinality();
    if (count == size()) {
      return this;
    }
    return gather(rows.toArray());
  }

  /** A batch of some rows, in the order given, with the mark of this one. */
  public RecordBatch gather(int[] rows) {
    return ArrayBatch.pick(this, rows);
  }

  /**
   * A batch whose rows are grouped by stream, in their present order within each; a copy, unless
   * this one arrived so. Work stream by stream then reads memory in sequence, and neighbours
   * compress well.
   */
  public final RecordBatch byStream() {
    if (packed != null) {
      return this;
    }
    return ArrayBatch.pick(this, byStream(streamOrdinals(), size(), streamCount()));
  }

  /**
   * A batch of rows of several batches, grouped by stream. Rows of a stream keep their order.
   *
   * @param rows the numbers of rows of each batch, ascending
   */
  public static RecordBatch merge(List<RecordBatch> batches, List<int[]> rows) {
    return new BatchMerge(batches, rows).merged();
  }

  /** Sorts row numbers by stream with a counting sort. */
  private static int[] byStream(int[] ordinals, int size, int streams) {
    int[] places = new int[streams + 1];
    for (int row = 0; row < size; row++) {
      places[ordinals[row] + 1]++;
    }
    for (int i = 1; i < places.length; i++) {
      places[i] += places[i - 1];
    }
    int[] rows = new int[size];
    for (int row = 0; row < size; row++) {
      rows[places[ordinals[row]]++] = row;
    }
    return rows;
  }

  /** The stream ordinal of each row, at least {@link #size()} of them; not to be changed. */
  public int[] streamOrdinals() {
    int[] ordinals = new int[size()];
    for (int row = 0; row < ordinals.length; row++) {
      ordinals[row] = streamOrdinal(row);
    }
    return ordinals;
  }

  /** The severity number of each row, at least {@link #size()} of them; not to be changed. */
  public byte[] severities() {
    byte[] severities = new byte[size()];
    for (int row = 0; row < severities.length; row++) {
      severities[row] = (byte) severity(row);
    }
    return severities;
  }

  /**
   * A batch of existing columns, such as those read from a file. The batch takes ownership of the
   * arrays and columns.
   *
   * @param times nanoseconds since the epoch, one for each row
   * @param severities severity numbers, one for each row
   * @param streamOrdinals for each row, the index of its stream
   * @param streams the streams
   * @param message the messages
   * @param fields the columns of the other fields, without built-in ones
   */
  public static RecordBatch of(
      long[] times,
      byte[] severities,
      int[] streamOrdinals,
      List<Stream> streams,
      Column message,
      List<Column> fields) {
    Map<String, Column> byName = new LinkedHashMap<>();
    fields.forEach((field) -> byName.put(field.name(), field));
    Stream[] array = streams.toArray(Stream[]::new);
    return new ArrayBatch(
        times.length,
        times,
        severities,
        streamOrdinals,
        array,
        array.length,
        message,
        byName,
        StreamTable.memoryBytes(streams));
  }

  /**
   * A builder of batches.
   *
   * @param streamFields the names of the stream fields
   */
  public static RecordBatchBuilder builder(List<String> streamFields) {
    return builder(streamFields, Cardinality.unlimited());
  }

  /**
   * A builder of batches from untrusted senders.
   *
   * @param streamFields the names of the stream fields
   * @param cardinality limits the number of streams and field names
   */
  public static RecordBatchBuilder builder(List<String> streamFields, Cardinality cardinality) {
    return new RecordBatchBuilder(streamFields, cardinality);
  }
}
