package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds {@linkplain RecordBatch batches} from bytes without an object per record. A parser sets
 * the values of the current record in any order and ends it with {@link #end()}, or discards it
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
 * <p>Invalid UTF-8 is replaced and counted. A value set twice keeps the last; fields that a sender
 * names are {@linkplain #add added}, so that a name that occurs twice keeps both values. An empty
 * value is absent. A field name is cut after 256 bytes, and added fields beyond the 1,000th are
 * folded into {@code _folded_fields}, a JSON object; such a record is marked with {@code
 * _truncated_fields}. After {@link #build()} the builder is empty and can be used again, and the
 * columns that were requested by a string keep their numbers. Not thread-safe.
 */
public final class RecordBatchBuilder {

  /** The column of the message. */
  public static final int MESSAGE = 0;

  /** The column of the level text. */
  public static final int LEVEL = 1;

  /** The column of the mark on records whose field names were cut or whose fields were folded. */
  static final int TRUNCATED_FIELDS = 2;

  /** The column of the fields beyond the maximum per record. */
  static final int FOLDED_FIELDS = 3;

  /** The column of the mark on records that were cut. */
  static final int TRUNCATED = 4;

  /**
   * A batch is full at this many records: enough that the cost of a hand-over per record is small,
   * few enough that its arrays do not burden the garbage collector.
   */
  public static final int MAX_RECORDS = 4096;

  /** A batch is full at this many bytes of values. A single record may exceed it. */
  public static final int MAX_BYTES = 1 << 20;

  /** A batch is full at this many columns, because each costs some bytes for every row. */
  static final int MAX_COLUMNS = 1000;

  /**
   * Beyond this many column names, those that came from records are forgotten, so that random names
   * cannot exhaust the memory.
   */
  private static final int MAX_KNOWN_COLUMNS = 2000;

  private final StreamTable streams;

  private final ColumnNames columns = new ColumnNames();

  private final FieldLimits limits = new FieldLimits();

  private final SenderColumns senderColumns;

  private final RowArrays rows = new RowArrays();

  private int usedColumns;

  private int maxRecords = MAX_RECORDS;

  private long maxBytes = MAX_BYTES;

  private long bytes;

  private long bytesBeforeRecord;

  private long arrivalTime;

  private long time;

  private boolean timeSet;

  private int severity;

  private long repairedValues;

  /** The number of the current group of fields. */
  private long group = 1;

  private long truncatedFields;

  private int forgotten;

  private long overflowedFields;

  RecordBatchBuilder(List<String> streamFields, Cardinality cardinality) {
    senderColumns = new SenderColumns(columns, limits, cardinality);
    columns.add(Field.MESSAGE, true);
    columns.add(Field.LEVEL, true);
    columns.add("_truncated_fields", true);
    columns.add("_folded_fields", true);
    columns.add("_truncated", true);
    ColumnBuilder[] streamColumns = new ColumnBuilder[streamFields.size()];
    for (int i = 0; i < streamColumns.length; i++) {
      int column = column(streamFields.get(i));
      streamColumns[i] = columns.get(column);
    }
    streams = new StreamTable(List.copyOf(streamFields), streamColumns, cardinality);
  }

  /**
   * The number of a field's column, for {@link #value}. It stays valid for the lifetime of the
   * builder.
   *
   * @param name the field's name; the empty name means the message
   */
  public int column(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int found = columns.find(bytes, 0, bytes.length);
    if (found >= 0 && !columns.get(found).pinned) {
      throw new IllegalStateException("Column " + name + " must be named before the first record");
    }
    return (found >= 0) ? found : columns.add(name, true);
  }

  /**
   * The column number of a field name in a record, for the next value. It stays valid until {@link
   * #build()}, unless the record already has the maximum number of fields.
   *
   * @param bytes holds the name until the value is set; a name that is not UTF-8 is repaired, one
   *     that is too long is cut; the empty name means the message
   */
  public int column(byte[] bytes, int from, int to) {
    return senderColumns.find(bytes, from, to, arrivalTime);
  }

  /** The name of a column. */
  public String name(int column) {
    return columns.get(column).name;
  }

  /**
   * How often the columns that were not named by a string were forgotten. Their numbers are invalid
   * once this changes.
   */
  public int forgotten() {
    return forgotten;
  }

  /** Sets the time of records that have none, in nanoseconds since the epoch. */
  public void arrivalTime(long nanos) {
    arrivalTime = nanos;
    streams.now(nanos);
  }

  /** Sets the time of the current record in nanoseconds since the epoch. */
  public void time(long nanos) {
    time = nanos;
    timeSet = true;
  }

  /** The time of the current record, the arrival time where none was set. */
  public long time() {
    return timeSet ? time : arrivalTime;
  }

  public boolean hasTime() {
    return timeSet;
  }

  /** Sets the severity number of the current record, but not the text of the level. */
  public void severity(int number) {
    severity = number;
  }

  /** The severity number of the current record; 0 if none was set. */
  public int severity() {
    return severity;
  }

  /** Whether the current record has a value in a column. */
  public boolean has(int column) {
    ColumnBuilder builder = columns.get(column);
    return builder.hasRow(rows.size()) && builder.end(rows.size()) > builder.start(rows.size());
  }

  /** Appends the current record's value of a field to a text; returns false if it has none. */
  public boolean copyValue(byte[] name, int from, int to, ByteBuilder text) {
    int column = columns.find(name, from, to);
    if (column < 0 || !has(column)) {
      return false;
    }
    ColumnBuilder builder = columns.get(column);
    text.append(builder.arena(), builder.start(rows.size()), builder.end(rows.size()));
    return true;
  }

  public void message(byte[] bytes, int from, int to) {
    value(MESSAGE, bytes, from, to);
  }

  /**
   * Begins another group of fields of the current record. A name that occurs twice in a group keeps
   * both values; across groups the later value wins.
   */
  public void beginGroup() {
    group++;
  }

  /**
   * Adds a value of the current record under a name that its sender chose. If the name occurred
   * before in the group with another value, the field becomes a JSON array of all its values.
   */
  public void add(int column, byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    ColumnBuilder builder = columns.get(column);
    if (limits.isBeyond() || (column == FOLDED_FIELDS && limits.isNamed())) {
      limits.fold(column, builder.nameBytes, bytes, from, to);
    } else if (builder.group != group || !has(column)) {
      builder.group = group;
      builder.listGroup = 0;
      value(column, bytes, from, to);
    } else if (!builder.isValue(rows.size(), bytes, from, to)) {
      byte[] list = builder.listWith(rows.size(), bytes, from, to);
      value(column, list, 0, list.length);
      builder.listGroup = group;
    }
  }

  /** Sets a value of the current record. */
  public void value(int column, byte[] bytes, int from, int to) {
    ColumnBuilder builder = columns.get(column);
    if (from == to && !builder.hasRow(rows.size())) {
      return;
    }
    if (builder.isUnused()) {
      usedColumns++;
    }
    if (!builder.set(rows.size(), bytes, from, to)) {
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
    return rows.size();
  }

  /** The approximate number of bytes of values in the builder. */
  public long bytes() {
    return bytes;
  }

  /** Whether the batch should be built before more records are added. */
  public boolean isFull() {
    return rows.size() >= maxRecords || bytes >= maxBytes || usedColumns >= MAX_COLUMNS;
  }

  /**
   * Changes the limits at which a batch is {@linkplain #isFull full}, for records that must stay
   * together.
   */
  public void limits(int records, long bytesOfValues) {
    maxRecords = records;
    maxBytes = bytesOfValues;
  }

  /** How many values of this builder were repaired because they were not UTF-8. */
  public long repairedValues() {
    return repairedValues;
  }

  /** The approximate memory held in bytes, also between batches. */
  public long memoryBytes() {
    return streams.memoryBytes() + rows.memoryBytes() + columns.memoryBytes();
  }

  /** How many records of this builder had fields folded because there were too many names. */
  public long overflowedFields() {
    return overflowedFields;
  }

  /** How many records of this builder got the shared stream because there were too many streams. */
  public long overflowedStreams() {
    return streams.overflowed();
  }

  /** How many records of this builder had names cut or fields folded. */
  public long truncatedFields() {
    return truncatedFields;
  }

  /** Ends the current record. */
  public void end() {
    if (limits.isMarked()) {
      limits.end(this);
      truncatedFields++;
      overflowedFields += senderColumns.hasOverflowed() ? 1 : 0;
    }
    rows.add(time(), severity, streams.ordinal(rows.size()));
    beginRecord();
  }

  /** Discards what was set for the current record. */
  public void rollback() {
    for (int i = 0; i < columns.count(); i++) {
      ColumnBuilder column = columns.get(i);
      if (!column.isUnused()) {
        column.rollback(rows.size());
        usedColumns -= column.isUnused() ? 1 : 0;
      }
    }
    bytes = bytesBeforeRecord;
    beginRecord();
  }

  private void beginRecord() {
    bytesBeforeRecord = bytes;
    limits.begin();
    group++;
    timeSet = false;
    severity = Severity.UNSET;
    senderColumns.beginRecord();
  }

  /** Builds a batch of the ended records; the builder is empty then. */
  public RecordBatch build() {
    rollback();
    Map<String, Column> fields = new LinkedHashMap<>();
    for (int i = 1; i < columns.count(); i++) {
      ColumnBuilder column = columns.get(i);
      if (column.isUnused()) {
        column.rollback(0);
      } else {
        fields.put(column.name, column.build(rows.size()));
      }
    }
    RecordBatch batch =
        new ArrayBatch(
            rows.size(),
            rows.times(),
            rows.severities(),
            rows.streamOrdinals(),
            streams.streams(),
            streams.count(),
            columns.get(MESSAGE).build(rows.size()),
            fields,
            streams.takeNewBytes());
    rows.renew();
    bytes = 0;
    bytesBeforeRecord = 0;
    usedColumns = 0;
    forgetWhatGrew();
    return batch;
  }

  /** Forgets what was learned from earlier batches, if the builder is empty. */
  public void forget() {
    if (rows.size() == 0) {
      rollback();
      columns.forget();
      columns.forgetValues();
      forgotten++;
      rows.shrink();
      streams.forget();
    }
  }

  private void forgetWhatGrew() {
    if (columns.count() > MAX_KNOWN_COLUMNS) {
      columns.forget();
      forgotten++;
    }
    streams.beginBatch();
  }
}
