package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows of batches as JSON objects straight from the columns to UTF-8 bytes, without a string
 * or a map per row: {@code {"_time":"…","_stream_id":"…","_stream":"…","_msg":"…","field":"…"}}.
 * Every value is a JSON string, absent values are left out, and the built-in fields come first. The
 * caller prints the separators between objects:
 *
 * <pre>{@code
 * json.begin(batch);
 * for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
 *   json.row(row);
 *   json.raw('\n');
 * }
 * byte[] lines = json.take();
 * }</pre>
 *
 * <p>Not thread-safe. Keep one per thread to reuse its buffer.
 */
public final class RecordJson {

  /**
   * {@link #take()} drops a buffer that grew beyond this, so that one giant record does not hold
   * memory forever.
   */
  private static final int MAX_KEPT_BUFFER = 1 << 20;

  private static final byte[] TIME_KEY = ascii("{\"" + Field.TIME + "\":\"");

  private static final byte[] STREAM_ID_KEY = ascii("\",\"" + Field.STREAM_ID + "\":\"");

  private static final byte[] STREAM_KEY = ascii("\",\"" + Field.STREAM + "\":");

  private static final int CAPACITY = 4096;

  private ByteBuilder text = new ByteBuilder(CAPACITY);

  private @Nullable RecordBatch batch;

  private long[] times = new long[0];

  /** The printed stream fields by ordinal; filled when a stream first occurs. */
  private byte[] @Nullable [] streams = new byte[0][];

  private Column[] columns = new Column[0];

  /** The text {@code ,"name":} of each column. */
  private byte[][] keys = new byte[0][];

  /** Selects the batch whose rows are printed next. */
  public void begin(RecordBatch batch) {
    List<String> names = batch.fieldNames();
    int count = names.size() + 1;
    if (columns.length != count) {
      columns = new Column[count];
      keys = new byte[count][];
    }
    column(0, batch.column(Field.MESSAGE), Field.MESSAGE);
    for (int i = 1; i < count; i++) {
      String name = names.get(i - 1);
      column(i, batch.column(name), name);
    }
    this.batch = batch;
    times = batch.times();
    streams = new byte[batch.streamCount()][];
  }

  private void column(int index, Column column, String name) {
    // Batches of one input mostly have the same columns, so their keys are reused.
    if (columns[index] == null || !columns[index].name().equals(name)) {
      keys[index] = key(name);
    }
    columns[index] = column;
  }

  private static byte[] key(String name) {
    RecordJson key = new RecordJson();
    key.raw(',');
    key.string(name);
    key.raw(':');
    return key.take();
  }

  /** Prints a row of the batch as an object. */
  public void row(int row) {
    RecordBatch batch = this.batch;
    if (batch == null) {
      throw new IllegalStateException("begin(batch) comes before row(row)");
    }
    raw(TIME_KEY);
    int at = text.reserve(Timestamps.MAX_LENGTH);
    text.advance(Timestamps.format(times[row], text.array(), at) - at);
    raw(stream(batch, batch.streamOrdinal(row)));
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      int start = column.start(row);
      int end = column.end(row);
      if (start != end) {
        raw(keys[i]);
        string(column.bytes(), start, end);
      }
    }
    raw('}');
  }

  private byte[] stream(RecordBatch batch, int ordinal) {
    byte[] known = streams[ordinal];
    if (known == null) {
      Stream stream = batch.stream(ordinal);
      RecordJson json = new RecordJson();
      json.raw(STREAM_ID_KEY);
      json.raw(ascii(stream.id()));
      json.raw(STREAM_KEY);
      json.string(stream.canonical());
      known = json.take();
      streams[ordinal] = known;
    }
    return known;
  }

  /** Prints names and values as an object, for rows that do not belong to a batch. */
  public void object(Map<String, String> row) {
    int separator = '{';
    for (Map.Entry<String, String> field : row.entrySet()) {
      raw(separator);
      string(field.getKey());
      raw(':');
      string(field.getValue());
      separator = ',';
    }
    if (separator == '{') {
      raw('{');
    }
    raw('}');
  }

  /** Prints a JSON string. */
  void string(String value) {
    JsonString.append(value, text);
  }

  /** Prints a range of well-formed UTF-8 as a JSON string. */
  void string(byte[] utf8, int from, int to) {
    JsonString.append(utf8, from, to, text);
  }

  /** Prints one byte unchanged: a separator or a bracket. */
  public void raw(int value) {
    text.append((byte) value);
  }

  /** Prints bytes unchanged. */
  public void raw(byte[] bytes) {
    text.append(bytes);
  }

  /** Prints a range of bytes unchanged. */
  void raw(byte[] bytes, int from, int to) {
    text.append(bytes, from, to);
  }

  /** The number of bytes printed since the last {@link #take()}. */
  public int size() {
    return text.length();
  }

  /** Returns the printed bytes and starts over. */
  public byte[] take() {
    byte[] printed = text.toByteArray();
    if (text.array().length > MAX_KEPT_BUFFER) {
      text = new ByteBuilder(CAPACITY);
    } else {
      text.truncate(0);
    }
    return printed;
  }

  /** Appends the printed bytes to a buffer and starts over. */
  public void drainTo(ByteBuilder target) {
    target.append(text.array(), 0, text.length());
    text.truncate(0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
