package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.TimeGrid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a block, as read from the index.
 *
 * @param rows the number of rows
 * @param textBytes the approximate length of all values of all columns, in bytes
 * @param minTime the earliest time, in nanoseconds since the epoch
 * @param maxTime the latest time
 * @param timeUnit the unit of the times in nanoseconds; all times are multiples of it
 * @param times the place of the times
 * @param grid the number of rows by steps of time
 * @param streams the stream number of each run of rows
 * @param streamEnds the row after the last of each run
 * @param severityTable the severity of each entry of the level column; empty if severities are
 *     stored by row
 * @param severities the place of the severities; null if there is a table
 * @param columns the columns by name, in the order of the file
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record BlockEntry(
    int rows,
    long textBytes,
    long minTime,
    long maxTime,
    long timeUnit,
    Placement times,
    TimeGrid grid,
    int[] streams,
    int[] streamEnds,
    byte[] severityTable,
    @Nullable Placement severities,
    Map<String, ColumnEntry> columns) {

  /**
   * Reads a description, which must fill the whole source.
   *
   * @param version the format version of the file
   */
  static BlockEntry read(ByteSource source, int version) throws MalformedException {
    int rows = source.getCount(SegmentFormat.BLOCK_ROWS);
    long textBytes = source.getVarint();
    long minTime = source.getSigned();
    long maxTime = minTime + source.getVarint();
    long timeUnit = source.getVarint();
    if (timeUnit < 1) {
      throw new MalformedException("unit of times is " + timeUnit + " ns");
    }
    Placement times = Placement.read(source);
    TimeGrid grid =
        (version >= SegmentFormat.COUNTED)
            ? TimeGrid.read(source, minTime, maxTime, rows)
            : TimeGrid.NONE;
    int[] streams = new int[source.getCount(rows)];
    int[] streamEnds = new int[streams.length];
    int end = 0;
    for (int i = 0; i < streams.length; i++) {
      streams[i] = source.getCount(Integer.MAX_VALUE);
      end += source.getCount(rows - end);
      streamEnds[i] = end;
    }
    if (end != rows) {
      throw new MalformedException("runs of " + end + " rows in a block of " + rows);
    }
    byte[] severityTable = source.getSized();
    @Nullable Placement severities = (severityTable.length == 0) ? Placement.read(source) : null;
    int count = source.getCount(source.remaining());
    Map<String, ColumnEntry> columns = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      ColumnEntry column = ColumnEntry.read(source, version);
      columns.put(column.name(), column);
    }
    ColumnEntry level = columns.get(Field.LEVEL);
    if (severityTable.length > 0
        && (level == null || level.cardinality() != severityTable.length)) {
      throw new MalformedException("table of severities does not match the levels");
    }
    if (source.remaining() != 0) {
      throw new MalformedException(
          source.remaining() + " bytes after the end of the block's description");
    }
    return new BlockEntry(
        rows,
        textBytes,
        minTime,
        maxTime,
        timeUnit,
        times,
        grid,
        streams,
        streamEnds,
        severityTable,
        severities,
        columns);
  }
}
