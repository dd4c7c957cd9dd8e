package io.logcaster.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A batch held in plain arrays. */
final class ArrayBatch extends RecordBatch {

  /** Estimated overhead of a column: its objects and its entry in the field map. */
  private static final int COLUMN_BYTES = 128;

  private final int size;

  private final long[] times;

  private final byte[] severities;

  private final int[] streamOrdinals;

  private final Stream[] streams;

  private final int streamCount;

  private final Column message;

  private final Map<String, Column> fields;

  private final long minTime;

  private final long maxTime;

  private final long memoryBytes;

  /** Memory of the streams that are new in this batch; the others are shared with earlier ones. */
  private final long streamBytes;

  private final @Nullable DeliveryMark mark;

  ArrayBatch(
      int size,
      long[] times,
      byte[] severities,
      int[] streamOrdinals,
      Stream[] streams,
      int streamCount,
      Column message,
      Map<String, Column> fields,
      long streamBytes) {
    this(
        size,
        times,
        severities,
        streamOrdinals,
        streams,
        streamCount,
        message,
        fields,
        streamBytes,
        null);
  }

  private ArrayBatch(
      int size,
      long[] times,
      byte[] severities,
      int[] streamOrdinals,
      Stream[] streams,
      int streamCount,
      Column message,
      Map<String, Column> fields,
      long streamBytes,
      @Nullable DeliveryMark mark) {
    this.size = size;
    this.times = times;
    this.severities = severities;
    this.streamOrdinals = streamOrdinals;
    this.streams = streams;
    this.streamCount = streamCount;
    this.message = message;
    this.fields = fields;
    minTime = min(times, size);
    maxTime = max(times, size);
    long bytes =
        message.memoryBytes() + times.length * 8L + severities.length + streamOrdinals.length * 4L;
    for (Column field : fields.values()) {
      bytes += field.memoryBytes() + COLUMN_BYTES;
    }
    this.streamBytes = streamBytes;
    memoryBytes = bytes + streamBytes;
    this.mark = mark;
  }

  private static long min(long[] times, int size) {
    long min = Long.MAX_VALUE;
    for (int row = 0; row < size; row++) {
      min = Math.min(min, times[row]);
    }
    return min;
  }

  private static long max(long[] times, int size) {
    long max = Long.MIN_VALUE;
    for (int row = 0; row < size; row++) {
      max = Math.max(max, times[row]);
    }
    return max;
  }

  static ArrayBatch marked(RecordBatch source, DeliveryMark mark) {
    ArrayBatch batch =
        (source instanceof ArrayBatch array)
            ? array
            : pick(source, IntStream.range(0, source.size()).toArray());
    return new ArrayBatch(
        batch.size,
        batch.times,
        batch.severities,
        batch.streamOrdinals,
        batch.streams,
        batch.streamCount,
        batch.message,
        batch.fields,
        batch.streamBytes,
        mark);
  }

  /** A batch of the same rows with other times and columns. */
  static ArrayBatch changed(
      RecordBatch source, long[] times, Column message, Map<String, Column> fields) {
    return new ArrayBatch(
        source.size(),
        times,
        source.severities(),
        source.streamOrdinals(),
        streams(source),
        source.streamCount(),
        message,
        fields,
        (source instanceof ArrayBatch batch) ? batch.streamBytes : 0,
        source.mark());
  }

  /** A batch of the given rows of another batch, in the given order. */
  static ArrayBatch pick(RecordBatch source, int[] rows) {
    int count = rows.length;
    long[] times = pick(source.times(), rows);
    byte[] severities = pick(source.severities(), rows);
    int[] ordinals = pick(source.streamOrdinals(), rows);
    Map<String, Column> fields = new LinkedHashMap<>();
    for (String name : source.fieldNames()) {
      Column column = source.column(name).pick(rows);
      if (hasValue(column, count)) {
        fields.put(name, column);
      }
    }
    Stream[] streams = streams(source);
    Column message = source.column(Field.MESSAGE).pick(rows);
    return new ArrayBatch(
        count,
        times,
        severities,
        ordinals,
        streams,
        source.streamCount(),
        message,
        fields,
        (source instanceof ArrayBatch batch) ? batch.streamBytes : 0,
        source.mark());
  }

  private static Stream[] streams(RecordBatch source) {
    if (source instanceof ArrayBatch batch) {
      return batch.streams;
    }
    Stream[] streams = new Stream[source.streamCount()];
    for (int ordinal = 0; ordinal < streams.length; ordinal++) {
      streams[ordinal] = source.stream(ordinal);
    }
    return streams;
  }

  private static long[] pick(long[] from, int[] rows) {
    long[] picked = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = from[rows[i]];
    }
    return picked;
  }

  private static int[] pick(int[] from, int[] rows) {
    int[] picked = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = from[rows[i]];
    }
    return picked;
  }

  /** The bytes at the given indexes. */
  static byte[] pick(byte[] from, int[] rows) {
    byte[] picked = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = from[rows[i]];
    }
    return picked;
  }

  private static boolean hasValue(Column column, int rows) {
    for (int row = 0; row < rows; row++) {
      if (!column.isEmpty(row)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long[] times() {
    return times;
  }

  @Override
  public int severity(int row) {
    return severities[row];
  }

  @Override
  public long minTime() {
    return minTime;
  }

  @Override
  public long maxTime() {
    return maxTime;
  }

  @Override
  public int streamOrdinal(int row) {
    return streamOrdinals[row];
  }

  @Override
  public int[] streamOrdinals() {
    return streamOrdinals;
  }

  @Override
  public byte[] severities() {
    return severities;
  }

  @Override
  public int streamCount() {
    return streamCount;
  }

  @Override
  public Stream stream(int ordinal) {
    return streams[ordinal];
  }

  @Override
  public Column column(String name) {
    if (name.equals(Field.MESSAGE)) {
      return message;
    }
    Column field = fields.get(name);
    return (field != null) ? field : ConstantColumn.empty(name);
  }

  @Override
  public List<String> fieldNames() {
    return new ArrayList<>(fields.keySet());
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public @Nullable DeliveryMark mark() {
    return mark;
  }

  @Override
  public String toString() {
    return size + " records with " + fields.keySet();
  }
}
