package io.logcaster.record;

import java.nio.charset.StandardCharsets;
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

  private final StreamTable streams;

  private ColumnBuilder[] columns = new ColumnBuilder[16];

  private int columnCount;

  private int usedColumns;

  /** Open addressing on the hash of the name: column number + 1, 0 for a free place. */
  private int[] nameTable = new int[64];

  private int lastColumn = -1;

  private long[] times = new long[64];

  private byte[] severities = new byte[64];

  private int[] streamOrdinals = new int[64];

  private int maxRecords = MAX_RECORDS;

  private long maxBytes = MAX_BYTES;

  private int size;

  private long bytes;

  private long bytesBeforeRecord;

  private long arrivalTime;

  private long time;

  private boolean timeSet;

  private int severity;

  private long repairedValues;

  RecordBatchBuilder(List<String> streamFields) {
    addColumn(Field.MESSAGE, true);
    addColumn(Field.LEVEL, true);
    ColumnBuilder[] streamColumns = new ColumnBuilder[streamFields.size()];
    for (int i = 0; i < streamColumns.length; i++) {
      int column = column(streamFields.get(i));
      streamColumns[i] = columns[column];
    }
    streams = new StreamTable(List.copyOf(streamFields), streamColumns);
  }

  /**
   * The number of a field's column, for {@link #value}. It stays valid as long as the builder.
   *
   * @param name the field's name; the empty name is the message's
   */
  public int column(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int found = find(bytes, 0, bytes.length);
    if (found >= 0 && !columns[found].pinned) {
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
    if (lastColumn >= 0) {
      int guess = columns[lastColumn].follower;
      if (guess >= 0 && columns[guess].isNamed(bytes, from, to)) {
        lastColumn = guess;
        return guess;
      }
    }
    int column = find(bytes, from, to);
    if (column < 0) {
      column = named(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
    if (lastColumn >= 0) {
      columns[lastColumn].follower = column;
    }
    lastColumn = column;
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
    int mask = nameTable.length - 1;
    for (int at = (int) Hash.bytes(bytes, from, to, 0) & mask;
        nameTable[at] != 0;
        at = at + 1 & mask) {
      if (columns[nameTable[at] - 1].isNamed(bytes, from, to)) {
        return nameTable[at] - 1;
      }
    }
    return -1;
  }

  private int addColumn(String name, boolean pinned) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    if (columnCount == columns.length) {
      columns = Arrays.copyOf(columns, columnCount * 2);
    }
    columns[columnCount] = new ColumnBuilder(name, nameBytes, pinned, columnCount != MESSAGE);
    columnCount++;
    if (columnCount * 2 > nameTable.length) {
      nameTable = new int[nameTable.length * 2];
      rehash();
    } else {
      enter(columnCount - 1);
    }
    return columnCount - 1;
  }

  private void rehash() {
    Arrays.fill(nameTable, 0);
    for (int i = 0; i < columnCount; i++) {
      enter(i);
    }
  }

  private void enter(int column) {
    int mask = nameTable.length - 1;
    byte[] name = columns[column].nameBytes;
    int at = (int) Hash.bytes(name, 0, name.length, 0) & mask;
    while (nameTable[at] != 0) {
      at = at + 1 & mask;
    }
    nameTable[at] = column + 1;
  }

  /** The time that a record without one gets, in nanoseconds since the epoch. */
  public void arrivalTime(long nanos) {
    arrivalTime = nanos;
  }

  /** Sets the time of the current record in nanoseconds since the epoch. */
  public void time(long nanos) {
    time = nanos;
    timeSet = true;
  }

  public boolean hasTime() {
    return timeSet;
  }

  /** Sets the severity number of the current record, and no text. */
  public void severity(int number) {
    severity = number;
  }

  /** The severity number of the current record; 0 where none was set. */
  public int severity() {
    return severity;
  }

  /** Whether the current record has a value in a column. */
  public boolean has(int column) {
    ColumnBuilder builder = columns[column];
    return builder.hasRow(size) && builder.end(size) > builder.start(size);
  }

  public void message(byte[] bytes, int from, int to) {
    value(MESSAGE, bytes, from, to);
  }

  /** Sets a value of the current record. */
  public void value(int column, byte[] bytes, int from, int to) {
    ColumnBuilder builder = columns[column];
    if (from == to && !builder.hasRow(size)) {
      return;
    }
    if (builder.isUnused()) {
      usedColumns++;
    }
    if (!builder.set(size, bytes, from, to)) {
      repairedValues++;
    }
    this.bytes += to - from;
  }

  /** Sets a value of the current record from a string. */
  public void value(int column, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    value(column, text, 0, text.length);
  }

  /** The number of complete records. */
  public int size() {
    return size;
  }

  /** About how many bytes of values the builder holds. */
  public long bytes() {
    return bytes;
  }

  /** Whether the batch should be built before more records come. */
  public boolean isFull() {
    return size >= maxRecords || bytes >= maxBytes || usedColumns >= MAX_COLUMNS;
  }

  /**
   * Lets a batch hold more before it is {@linkplain #isFull full}, for records that belong
   * together.
   */
  public void limits(int records, long bytesOfValues) {
    maxRecords = records;
    maxBytes = bytesOfValues;
  }

  /** How many values were repaired because they were not UTF-8, since the builder was made. */
  public long repairedValues() {
    return repairedValues;
  }

  /** Ends the current record. */
  public void end() {
    if (size == times.length) {
      int capacity = Math.min(size * 4, Math.max(MAX_RECORDS, size * 2));
      times = Arrays.copyOf(times, capacity);
      severities = Arrays.copyOf(severities, capacity);
      streamOrdinals = Arrays.copyOf(streamOrdinals, capacity);
    }
    times[size] = timeSet ? time : arrivalTime;
    severities[size] = (byte) severity;
    streamOrdinals[size] = streams.ordinal(size);
    size++;
    beginRecord();
  }

  /** Takes back what was set for the current record. */
  public void rollback() {
    for (int i = 0; i < columnCount; i++) {
      ColumnBuilder column = columns[i];
      if (!column.isUnused()) {
        column.rollback(size);
        usedColumns -= column.isUnused() ? 1 : 0;
      }
    }
    bytes = bytesBeforeRecord;
    beginRecord();
  }

  private void beginRecord() {
    bytesBeforeRecord = bytes;
    timeSet = false;
    severity = Severity.UNSET;
    lastColumn = -1;
  }

  /** The records so far as a batch, without one that was begun; the builder is empty then. */
  public RecordBatch build() {
    rollback();
    Map<String, Column> fields = new LinkedHashMap<>();
    for (int i = 1; i < columnCount; i++) {
      ColumnBuilder column = columns[i];
      if (column.isUnused()) {
        column.rollback(0);
      } else {
        fields.put(column.name, column.build(size));
      }
    }
    RecordBatch batch =
        new ArrayBatch(
            size,
            times,
            severities,
            streamOrdinals,
            streams.streams(),
            streams.count(),
            columns[MESSAGE].build(size),
            fields);
    times = new long[Math.max(64, size)];
    severities = new byte[times.length];
    streamOrdinals = new int[times.length];
    size = 0;
    bytes = 0;
    bytesBeforeRecord = 0;
    usedColumns = 0;
    forgetWhatGrew();
    return batch;
  }

  private void forgetWhatGrew() {
    if (columnCount > MAX_KNOWN_COLUMNS) {
      // Columns in front of a pinned one stay, because its number must.
      int kept = 0;
      for (int i = 0; i < columnCount; i++) {
        columns[i].follower = -1;
        kept = columns[i].pinned ? i + 1 : kept;
      }
      Arrays.fill(columns, kept, columnCount, null);
      columnCount = kept;
      rehash();
    }
    streams.beginBatch();
  }
}
