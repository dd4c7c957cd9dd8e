package io.logcaster.storage.segment.file;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.TimeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a block by field values, from the block's description alone: by fields of the
 * stream, whose runs are known, and by at most one field whose values the writer counted.
 */
final class BlockCells {

  private final SegmentReader reader;

  private final BlockEntry entry;

  /** The field whose values the writer counted; null if only streams are needed. */
  private final @Nullable ColumnEntry counted;

  private final boolean byRun;

  private int size;

  private int[] codes = new int[16];

  private long[] rows = new long[16];

  /** A time in each cell; empty if the block's min time stands for all. */
  private long[] times = {};

  /** Where the cells of each run end; a single end if streams are not needed. */
  private int[] ends = {};

  private BlockCells(
      SegmentReader reader, BlockEntry entry, @Nullable ColumnEntry counted, boolean byRun) {
    this.reader = reader;
    this.entry = entry;
    this.counted = counted;
    this.byRun = byRun;
  }

  /** Returns the counts; null if the description does not contain them. */
  static @Nullable BlockCounts of(
      SegmentReader reader, BlockEntry entry, Set<String> fields, long step, long offset)
      throws MalformedException {
    boolean byRun = false;
    ColumnEntry counted = null;
    for (String field : fields) {
      if (field.equals(Field.STREAM) || field.equals(Field.STREAM_ID)) {
        byRun = true;
        continue;
      }
      ColumnEntry column = entry.columns().get(field);
      if (column == null || column.type() == ColumnType.CONSTANT) {
        continue;
      }
      if (column.type() == ColumnType.STREAM) {
        byRun = true;
      } else if (column.counts().length > 0 && counted == null) {
        counted = column;
      } else {
        return null;
      }
    }
    BlockCells cells = new BlockCells(reader, entry, counted, byRun && entry.streams().length > 1);
    boolean oneStep =
        step == 0
            || Math.floorDiv(entry.minTime() - offset, step)
                == Math.floorDiv(entry.maxTime() - offset, step);
    boolean known = oneStep ? cells.read() : cells.readGrid(step, offset);
    return known ? cells.toCounts(fields) : null;
  }

  private boolean read() throws MalformedException {
    int runs = entry.streams().length;
    if (counted == null) {
      ends = new int[byRun ? runs : 1];
      for (int run = 0; run < ends.length; run++) {
        int from = (run == 0) ? 0 : entry.streamEnds()[run - 1];
        add(0, (byRun ? entry.streamEnds()[run] : entry.rows()) - from);
        ends[run] = size;
      }
      return true;
    }
    ByteSource source = new ByteSource(counted.counts(), 0, counted.counts().length);
    int groups = source.getCount(runs);
    if (byRun && groups != runs) {
      return false;
    }
    return byRun ? readRuns(source, runs, counted.cardinality()) : readAll(source, groups);
  }

  /** The time grid counts all rows together, so it knows neither runs nor values. */
  private boolean readGrid(long step, long offset) {
    TimeGrid grid = entry.grid();
    if (byRun
        || counted != null
        || grid.step() == 0
        || step % grid.step() != 0
        || offset % grid.step() != 0) {
      return false;
    }
    times = new long[grid.rows().length];
    for (int cell = 0; cell < grid.rows().length; cell++) {
      if (grid.rows()[cell] > 0) {
        times[size] = Math.max(entry.minTime(), grid.start(cell));
        add(0, grid.rows()[cell]);
      }
    }
    ends = new int[] {size};
    return true;
  }

  private boolean readRuns(ByteSource source, int runs, int cardinality) throws MalformedException {
    ends = new int[runs];
    for (int run = 0; run < runs; run++) {
      int values = source.getCount(cardinality);
      for (int i = 0; i < values; i++) {
        add(source.get(), source.getCount(entry.rows()));
      }
      ends[run] = size;
    }
    return check();
  }

  private boolean readAll(ByteSource source, int groups) throws MalformedException {
    long[] sums = new long[SegmentFormat.MAX_DICTIONARY];
    for (int group = 0; group < groups; group++) {
      int values = source.getCount(SegmentFormat.MAX_DICTIONARY);
      for (int i = 0; i < values; i++) {
        sums[source.get()] += source.getCount(entry.rows());
      }
    }
    for (int code = 0; code < sums.length; code++) {
      if (sums[code] > 0) {
        add(code, sums[code]);
      }
    }
    ends = new int[] {size};
    return check();
  }

  private boolean check() throws MalformedException {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += rows[i];
      if (counted != null && codes[i] >= counted.cardinality()) {
        throw new MalformedException("counts of rows for unknown entry " + codes[i]);
      }
    }
    if (sum != entry.rows()) {
      throw new MalformedException("counts of " + sum + " rows in a block of " + entry.rows());
    }
    return true;
  }

  private void add(int code, long count) {
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      rows = Arrays.copyOf(rows, size * 2);
    }
    codes[size] = code;
    rows[size++] = count;
  }

  private BlockCounts toCounts(Set<String> fields) {
    List<Stream> streams =
        byRun ? reader.streams(entry) : List.of(reader.stream(entry.streams()[0]));
    Column message = ConstantColumn.empty(Field.MESSAGE);
    List<Column> columns = new ArrayList<>();
    for (String field : fields) {
      ColumnEntry column = entry.columns().get(field);
      if (column == null) {
        continue;
      }
      Column values = column(column, streams);
      if (field.equals(Field.MESSAGE)) {
        message = values;
      } else {
        columns.add(values);
      }
    }
    long[] ofCells = Arrays.copyOf(times, size);
    if (times.length == 0) {
      Arrays.fill(ofCells, entry.minTime());
    }
    int[] ordinals = new int[size];
    for (int run = 0; run < ends.length; run++) {
      Arrays.fill(ordinals, (run == 0) ? 0 : ends[run - 1], ends[run], run);
    }
    RecordBatch cells =
        RecordBatch.of(ofCells, new byte[size], ordinals, streams, message, columns);
    return new BlockCounts(cells, Arrays.copyOf(rows, size));
  }

  private Column column(ColumnEntry column, List<Stream> streams) {
    if (column.type() == ColumnType.STREAM) {
      return StreamValues.of(column.name(), streams).column(ends, size);
    }
    if (column.entries() == null) {
      throw new IllegalStateException("No values in the description of " + column.name());
    }
    if (counted == null || !column.name().equals(counted.name())) {
      return new ConstantColumn(column.name(), column.entries().bytes());
    }
    byte[] ofCell = new byte[size];
    for (int i = 0; i < size; i++) {
      ofCell[i] = (byte) codes[i];
    }
    return new DictionaryColumn(column.entries(), column.cardinality(), ofCell);
  }
}
