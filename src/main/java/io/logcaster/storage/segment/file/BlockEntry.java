package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.TimeGrid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a block, read from the index.
 *
 * @param rows the number of rows
 * @param textBytes the length of the values of all columns together
 * @param minTime the earliest time, in nanoseconds since the epoch
 * @param maxTime the latest time
 * @param timeUnit the nanoseconds of which all times are multiples
 * @param times the body of the times
 * @param grid rows by steps of time
 * @param streams the number of the stream of each run of rows
 * @param streamEnds where each run ends
 * @param severityTable the severity of each text of the level; empty where severities are stored by
 *     row
 * @param severities the body of the severities, null where there is a table
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
   * Reads a description, which takes up the whole source.
   *
   * @param version the version of the file
   */
  static BlockEntry read(ByteSource source, int version) throws MalformedException {
    int rows = source.getCount(SegmentFormat.BLOCK_ROWS);
    long textBytes = source.getVarint();
    long minTime = source.getSigned();
    long maxTime = minTime + source.getVarint();
    long timeUnit = source.getVarint();
    if (timeUnit < 1) {
      throw new MalformedException("times in units of " + timeUnit + " ns");
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
      throw new MalformedException("streams of " + end + " rows out of " + rows);
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
      throw new MalformedException("severities of levels that are not there");
    }
    if (source.remaining() != 0) {
      throw new MalformedException(source.remaining() + " bytes behind the block's description");
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
