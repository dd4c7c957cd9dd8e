package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds {@linkplain RecordBatch batches} from bytes without an object per record. A parser sets
 * the values of the current record in any order and ends it with {@link #end()}, or takes it back
 * with {@link #rollback()}:
 *
 * <pre>{@code
 * int app = builder.column("app");
 * builder.time(nanos);
 * builder.value(app, bytes, from, to);
 * builder.message(bytes, from, to);
 * builder.end();
 * }</pre>
 *
 * <p>What is not UTF-8 is replaced and counted. A value set twice keeps the last; an empty value is
 * absent. After {@link #build()} the builder is empty and can be used again, and the columns that
 * were named by a string keep their numbers. Not thread-safe.
 */
public final class RecordBatchBuilder {

  /** The column of the message. */
  public static final int MESSAGE = 0;

  /** The column of the level's text. */
  public static final int LEVEL = 1;

  /**
   * A batch is full at this many records: enough to spread the cost of a hand-over thin, few enough
   * that its arrays stay out of the collector's way.
   */
  public static final int MAX_RECORDS = 4096;

  /** A batch is full at this many bytes of values. One record may go beyond. */
  public static final int MAX_BYTES = 1 << 20;

  /** A batch is full at this many columns, because each costs some bytes for every row. */
  public static final int MAX_COLUMNS = 1000;

  /**
   * Column names that parsers met are forgotten beyond this many, so that random names cannot fill
   * the memory.
   */
  private static final int MAX_KNOWN_COLUMNS = 2000;

  /** The streams of earlier batches are forgotten beyond this many. */
  private static final int MAX_KNOWN_STREAMS = 8192;

  private final List<String> streamFields;

  private final int[] streamColumns;

  private ColumnBuilder[] columns = new ColumnBuilder[16];

  private int columnCount;

  private int usedColumns;

  /** Open addressing on the hash of the name: column number + 1, 0 for a free place. */
  private int[] nameTable = new int[64];

  private int lastColumn = -1;

  /** Shared with the batches that were built: entries are added, never changed. */
  private Stream[] streams = new Stream[64];

  private byte[][][] streamValues = new byte[64][][];

  private long[] streamHashes = new long[64];

  private int streamCount;

  /** Open addressing on the hash of the stream fields: stream number + 1, 0 for a free place. */
  private int[] streamTable = new int[128];

  private long[] times = new long[64];

  private byte[] severities = new byte[64];

  private int[] streamOrdinals = new int[64];

  private int size;

  private long bytes;

  private long bytesBeforeRecord;

  private long arrivalTime;

  private long time;

  private boolean timeSet;

  private int severity;

  private long repairedValues;

  RecordBatchBuilder(List<String> streamFields) {
    this.streamFields = List.copyOf(streamFields);
    addColumn(Field.MESSAGE, true);
    addColumn(Field.LEVEL, true);
    this.streamColumns = this.streamFields.stream().mapToInt(this::column).toArray();
  }

  /**
   * The number of a field's column, for {@link #value}. It stays valid as long as the builder.
   *
   * @param name the field's name; the empty name is the message's
   */
  public int column(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int found = find(bytes, 0, bytes.length);
    if (found >= 0 && !this.columns[found].pinned) {
      throw new IllegalStateException("Column " + name + " must be named before the first record");
    }
    return (found >= 0) ? found : addColumn(name, true);
  }

  /**
   * The number of the column of a field that a record names; valid until {@link #build()}.
   *
   * @param bytes holds the name, which is repaired where it is not UTF-8; the empty name is the
   *     message's
   */
  public int column(byte[] bytes, int from, int to) {
    if (this.lastColumn >= 0) {
      int guess = this.columns[this.lastColumn].follower;
      if (guess >= 0) {
        byte[] name = this.columns[guess].nameBytes;
        if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
          this.lastColumn = guess;
          return guess;
        }
      }
    }
    int column = find(bytes, from, to);
    if (column < 0) {
      column = named(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    if (this.lastColumn >= 0) {
      this.columns[this.lastColumn].follower = column;
    }
    this.lastColumn = column;
    return column;
  }

  /** The column of a name whose bytes are not known, perhaps because they had to be repaired. */
  private int named(String name) {
    byte[] repaired = name.getBytes(StandardCharsets.UTF_8);
    int known = find(repaired, 0, repaired.length);
    return (known >= 0) ? known : addColumn(name, false);
  }

  private int find(byte[] bytes, int from, int to) {
    if (from == to) {
      return MESSAGE;
    }
    int mask = this.nameTable.length - 1;
    for (int at = (int) Hash.bytes(bytes, from, to, 0) & mask;
        this.nameTable[at] != 0;
        at = at + 1 & mask) {
      byte[] name = this.columns[this.nameTable[at] - 1].nameBytes;
      if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return this.nameTable[at] - 1;
      }
    }
    return -1;
  }

  private int addColumn(String name, boolean pinned) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    if (this.columnCount == this.columns.length) {
      this.columns = Arrays.copyOf(this.columns, this.columnCount * 2);
    }
    this.columns[this.columnCount++] = new ColumnBuilder(name, nameBytes, pinned);
    if (this.columnCount * 2 > this.nameTable.length) {
      this.nameTable = new int[this.nameTable.length * 2];
      rehash();
    } else {
      enter(this.columnCount - 1);
    }
    return this.columnCount - 1;
  }

  private void rehash() {
    Arrays.fill(this.nameTable, 0);
    for (int i = 0; i < this.columnCount; i++) {
      enter(i);
    }
  }

  private void enter(int column) {
    int mask = this.nameTable.length - 1;
    byte[] name = this.columns[column].nameBytes;
    int at = (int) Hash.bytes(name, 0, name.length, 0) & mask;
    while (this.nameTable[at] != 0) {
      at = at + 1 & mask;
    }
    this.nameTable[at] = column + 1;
  }

  /** The time that a record without one gets, in nanoseconds since the epoch. */
  public void arrivalTime(long nanos) {
    this.arrivalTime = nanos;
  }

  /** Sets the time of the current record in nanoseconds since the epoch. */
  public void time(long nanos) {
    this.time = nanos;
    this.timeSet = true;
  }

  public boolean hasTime() {
    return this.timeSet;
  }

  /** Sets the severity number of the current record, and no text. */
  public void severity(int number) {
    this.severity = number;
  }

  /** Whether the current record has a value in a column. */
  public boolean has(int column) {
    ColumnBuilder builder = this.columns[column];
    return builder.hasRow(this.size) && builder.end(this.size) > builder.start(this.size);
  }

  public void message(byte[] bytes, int from, int to) {
    value(MESSAGE, bytes, from, to);
  }

  /** Sets a value of the current record. */
  public void value(int column, byte[] bytes, int from, int to) {
    ColumnBuilder builder = this.columns[column];
    if (from == to && !builder.hasRow(this.size)) {
      return;
    }
    if (builder.isUnused()) {
      this.usedColumns++;
    }
    int at = Utf8.skipAscii(bytes, from, to);
    int end;
    if (at == to || Utf8.isValid(bytes, at, to)) {
      end = builder.open(this.size, to - from);
      System.arraycopy(bytes, from, builder.arena(), end, to - from);
      end += to - from;
    } else {
      int start = builder.open(this.size, Math.multiplyExact(to - from, Utf8.MAX_GROWTH));
      end = Utf8.repair(bytes, from, to, builder.arena(), start);
      this.repairedValues++;
    }
    builder.close(this.size, end);
    this.bytes += to - from;
  }

  /** Sets a value of the current record from a string. */
  public void value(int column, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    value(column, text, 0, text.length);
  }

  /** The number of complete records. */
  public int size() {
    return this.size;
  }

  /** About how many bytes of values the builder holds. */
  public long bytes() {
    return this.bytes;
  }

  /** Whether the batch should be built before more records come. */
  public boolean isFull() {
    return this.size >= MAX_RECORDS || this.bytes >= MAX_BYTES || this.usedColumns >= MAX_COLUMNS;
  }

  /** How many values were repaired because they were not UTF-8, since the builder was made. */
  public long repairedValues() {
    return this.repairedValues;
  }

  /** Ends the current record. */
  public void end() {
    if (this.size == this.times.length) {
      int capacity = Math.min(this.size * 4, Math.max(MAX_RECORDS, this.size * 2));
      this.times = Arrays.copyOf(this.times, capacity);
      this.severities = Arrays.copyOf(this.severities, capacity);
      this.streamOrdinals = Arrays.copyOf(this.streamOrdinals, capacity);
    }
    this.times[this.size] = this.timeSet ? this.time : this.arrivalTime;
    this.severities[this.size] = (byte) this.severity;
    this.streamOrdinals[this.size] = streamOrdinal();
    this.size++;
    beginRecord();
  }

  /** Takes back what was set for the current record. */
  public void rollback() {
    for (int i = 0; i < this.columnCount; i++) {
      ColumnBuilder column = this.columns[i];
      if (!column.isUnused()) {
        column.rollback(this.size);
        this.usedColumns -= column.isUnused() ? 1 : 0;
      }
    }
    this.bytes = this.bytesBeforeRecord;
    beginRecord();
  }

  private void beginRecord() {
    this.bytesBeforeRecord = this.bytes;
    this.timeSet = false;
    this.severity = Severity.UNSET;
    this.lastColumn = -1;
  }

  private int streamOrdinal() {
    if (this.size > 0 && sameStreamAsBefore()) {
      return this.streamOrdinals[this.size - 1];
    }
    long hash = 0;
    for (int column : this.streamColumns) {
      ColumnBuilder builder = this.columns[column];
      hash =
          builder.hasRow(this.size)
              ? Hash.bytes(builder.arena(), builder.start(this.size), builder.end(this.size), hash)
              : Hash.mix(hash + 1);
    }
    int mask = this.streamTable.length - 1;
    for (int at = (int) hash & mask; this.streamTable[at] != 0; at = at + 1 & mask) {
      int ordinal = this.streamTable[at] - 1;
      if (this.streamHashes[ordinal] == hash && isStream(this.streamValues[ordinal])) {
        return ordinal;
      }
    }
    return addStream(hash);
  }

  private boolean sameStreamAsBefore() {
    for (int column : this.streamColumns) {
      ColumnBuilder builder = this.columns[column];
      boolean has = builder.hasRow(this.size);
      int before = this.size - 1;
      if (has) {
        if (!Arrays.equals(
            builder.arena(),
            builder.start(before),
            builder.start(this.size),
            builder.arena(),
            builder.start(this.size),
            builder.end(this.size))) {
          return false;
        }
      } else if (builder.hasRow(before) && builder.end(before) > builder.start(before)) {
        return false;
      }
    }
    return true;
  }

  private boolean isStream(byte[][] values) {
    for (int i = 0; i < this.streamColumns.length; i++) {
      ColumnBuilder builder = this.columns[this.streamColumns[i]];
      byte[] known = values[i];
      boolean has = builder.hasRow(this.size);
      if (has
          ? !Arrays.equals(
              known,
              0,
              known.length,
              builder.arena(),
              builder.start(this.size),
              builder.end(this.size))
          : known.length > 0) {
        return false;
      }
    }
    return true;
  }

  private int addStream(long hash) {
    byte[][] values = new byte[this.streamColumns.length][];
    List<Field> fields = new ArrayList<>(this.streamColumns.length);
    for (int i = 0; i < this.streamColumns.length; i++) {
      ColumnBuilder builder = this.columns[this.streamColumns[i]];
      values[i] =
          builder.hasRow(this.size)
              ? Arrays.copyOfRange(
                  builder.arena(), builder.start(this.size), builder.end(this.size))
              : new byte[0];
      fields.add(
          new Field(this.streamFields.get(i), new String(values[i], StandardCharsets.UTF_8)));
    }
    int ordinal = this.streamCount++;
    if (ordinal == this.streams.length) {
      this.streams = Arrays.copyOf(this.streams, ordinal * 2);
      this.streamValues = Arrays.copyOf(this.streamValues, ordinal * 2);
      this.streamHashes = Arrays.copyOf(this.streamHashes, ordinal * 2);
      this.streamTable = new int[this.streamTable.length * 2];
      for (int i = 0; i < ordinal; i++) {
        enterStream(i);
      }
    }
    this.streams[ordinal] = Stream.of(fields);
    this.streamValues[ordinal] = values;
    this.streamHashes[ordinal] = hash;
    enterStream(ordinal);
    return ordinal;
  }

  private void enterStream(int ordinal) {
    int mask = this.streamTable.length - 1;
    int at = (int) this.streamHashes[ordinal] & mask;
    while (this.streamTable[at] != 0) {
      at = at + 1 & mask;
    }
    this.streamTable[at] = ordinal + 1;
  }

  /** The records so far as a batch, without one that was begun; the builder is empty then. */
  public RecordBatch build() {
    rollback();
    Map<String, Column> fields = new LinkedHashMap<>();
    for (int i = 1; i < this.columnCount; i++) {
      ColumnBuilder column = this.columns[i];
      if (column.isUnused()) {
        column.rollback(0);
      } else {
        fields.put(column.name, column.build(this.size));
      }
    }
    RecordBatch batch =
        new ArrayBatch(
            this.size,
            this.times,
            this.severities,
            this.streamOrdinals,
            this.streams,
            this.streamCount,
            this.columns[MESSAGE].build(this.size),
            fields);
    this.times = new long[Math.max(64, this.size)];
    this.severities = new byte[this.times.length];
    this.streamOrdinals = new int[this.times.length];
    this.size = 0;
    this.bytes = 0;
    this.bytesBeforeRecord = 0;
    this.usedColumns = 0;
    forgetWhatGrew();
    return batch;
  }

  private void forgetWhatGrew() {
    if (this.columnCount > MAX_KNOWN_COLUMNS) {
      int kept = 0;
      for (int i = 0; i < this.columnCount; i++) {
        this.columns[i].follower = -1;
        if (this.columns[i].pinned) {
          this.columns[kept++] = this.columns[i];
        }
      }
      Arrays.fill(this.columns, kept, this.columnCount, null);
      this.columnCount = kept;
      rehash();
    }
    if (this.streamCount > MAX_KNOWN_STREAMS) {
      this.streams = new Stream[64];
      this.streamValues = new byte[64][][];
      this.streamHashes = new long[64];
      this.streamTable = new int[128];
      this.streamCount = 0;
    }
  }
}
