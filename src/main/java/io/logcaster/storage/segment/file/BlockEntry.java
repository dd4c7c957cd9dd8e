package io.logcaster.storage.segment.file;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Field;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.TimeGrid;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The description of a block, read from the index. Immutable. */
public final class BlockEntry {

  private static final byte[] NO_COUNTS = {};

  /** The description of a column. */
  public static final class ColumnEntry {

    public final String name;

    public final int type;

    final boolean hasEmpty;

    /** The only value of a constant, the entries of a dictionary; null for the other types. */
    final @Nullable ArenaColumn entries;

    final int cardinality;

    /** How many rows have which entry; empty where that is not known. */
    final byte[] counts;

    /** No number is below; NaN where the column is none of numbers. */
    final double min;

    final double max;

    /** Null for a constant and a field of the stream. */
    public final @Nullable Placement body;

    /** Null where all values are known, and where they are those of the stream. */
    final @Nullable Placement bloom;

    /** Whether the checksum of the filter was compared. */
    volatile boolean bloomChecked;

    private ColumnEntry(
        String name,
        int type,
        boolean hasEmpty,
        @Nullable ArenaColumn entries,
        int cardinality,
        byte[] counts,
        double min,
        double max,
        @Nullable Placement body,
        @Nullable Placement bloom) {
      this.name = name;
      this.type = type;
      this.hasEmpty = hasEmpty;
      this.entries = entries;
      this.cardinality = cardinality;
      this.counts = counts;
      this.min = min;
      this.max = max;
      this.body = body;
      this.bloom = bloom;
    }
  }

  final int rows;

  /** How long the values of all columns are together. */
  final long textBytes;

  final long minTime;

  final long maxTime;

  final long timeUnit;

  public final Placement times;

  final TimeGrid grid;

  /** The number of the stream of each run of rows. */
  final int[] streams;

  /** Where each run ends. */
  final int[] streamEnds;

  /** The severity of each text of the level; empty where severities are stored by row. */
  final byte[] severityTable;

  /** Null where there is a table. */
  final @Nullable Placement severities;

  public final Map<String, ColumnEntry> columns;

  BlockEntry(ByteSource source, int version) throws MalformedException {
    rows = source.getCount(SegmentFormat.BLOCK_ROWS);
    textBytes = source.getVarint();
    minTime = source.getSigned();
    maxTime = minTime + source.getVarint();
    timeUnit = source.getVarint();
    if (timeUnit < 1) {
      throw new MalformedException("times in units of " + timeUnit + " ns");
    }
    times = Placement.read(source);
    grid =
        (version >= SegmentFormat.COUNTED)
            ? TimeGrid.read(source, minTime, maxTime, rows)
            : TimeGrid.NONE;
    streams = new int[source.getCount(rows)];
    streamEnds = new int[streams.length];
    int end = 0;
    for (int i = 0; i < streams.length; i++) {
      streams[i] = source.getCount(Integer.MAX_VALUE);
      end += source.getCount(rows - end);
      streamEnds[i] = end;
    }
    if (end != rows) {
      throw new MalformedException("streams of " + end + " rows out of " + rows);
    }
    severityTable = source.getSized();
    severities = (severityTable.length == 0) ? Placement.read(source) : null;
    int count = source.getCount(source.remaining());
    columns = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      ColumnEntry column = column(source, version);
      columns.put(column.name, column);
    }
    ColumnEntry level = columns.get(Field.LEVEL);
    if (severityTable.length > 0 && (level == null || level.cardinality != severityTable.length)) {
      throw new MalformedException("severities of levels that are not there");
    }
    if (source.remaining() != 0) {
      throw new MalformedException(source.remaining() + " bytes behind the block's description");
    }
  }

  private static ColumnEntry column(ByteSource source, int version) throws MalformedException {
    String name = new String(source.getSized(), StandardCharsets.UTF_8);
    int type = source.get();
    if (type == SegmentFormat.CONSTANT) {
      byte[] value = source.getSized();
      ArenaColumn entries = new ArenaColumn(name, value, new int[] {value.length}, 1);
      return new ColumnEntry(
          name, type, false, entries, 1, NO_COUNTS, Double.NaN, Double.NaN, null, null);
    }
    if (type == SegmentFormat.STREAM) {
      return new ColumnEntry(
          name, type, false, null, 0, NO_COUNTS, Double.NaN, Double.NaN, null, null);
    }
    boolean hasEmpty = (source.get() & SegmentFormat.HAS_EMPTY) != 0;
    return switch (type) {
      case SegmentFormat.DICTIONARY -> {
        int cardinality = source.getCount(SegmentFormat.MAX_DICTIONARY);
        ArenaColumn entries = entries(name, cardinality, source);
        Placement body = Placement.read(source);
        byte[] counts = (version >= SegmentFormat.COUNTED) ? source.getSized() : NO_COUNTS;
        yield new ColumnEntry(
            name, type, hasEmpty, entries, cardinality, counts, Double.NaN, Double.NaN, body, null);
      }
      case SegmentFormat.INTEGER, SegmentFormat.DECIMAL -> {
        double min = Double.longBitsToDouble(source.getLong());
        double max = Double.longBitsToDouble(source.getLong());
        yield filtered(name, type, hasEmpty, min, max, source);
      }
      case SegmentFormat.TEMPLATES, SegmentFormat.TEXT ->
          filtered(name, type, hasEmpty, Double.NaN, Double.NaN, source);
      default -> throw new MalformedException("column type " + type);
    };
  }

  private static ColumnEntry filtered(
      String name, int type, boolean hasEmpty, double min, double max, ByteSource source)
      throws MalformedException {
    Placement body = Placement.read(source);
    Placement bloom = Placement.read(source);
    return new ColumnEntry(name, type, hasEmpty, null, 0, NO_COUNTS, min, max, body, bloom);
  }

  private static ArenaColumn entries(String name, int cardinality, ByteSource source)
      throws MalformedException {
    ByteSink bytes = new ByteSink(64);
    int[] ends = new int[cardinality];
    for (int i = 0; i < cardinality; i++) {
      int length = source.getCount(source.remaining());
      int from = source.take(length);
      bytes.put(source.array(), from, from + length);
      ends[i] = bytes.length();
    }
    return new ArenaColumn(name, bytes.toByteArray(), ends, cardinality);
  }
}
