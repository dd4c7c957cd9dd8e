package io.logcaster.storage.segment.file;

import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.LongsLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A block of a segment that decodes columns on demand. Thread-safe. */
public final class MappedBatch extends RecordBatch {

  private final SegmentReader reader;

  private final BlockEntry entry;

  private final ColumnDecoder decoder;

  private final ScanTrace trace;

  /** Receives damage of columns, which then are empty; null if damage is a failure. */
  private volatile @Nullable Consumer<CorruptSegmentException> tolerance;

  /** The run of each row, computed on demand; unused if there is only one run. */
  private volatile int @Nullable [] ordinals;

  private volatile long @Nullable [] times;

  private volatile byte @Nullable [] severities;

  private final Map<String, Column> columns = new HashMap<>();

  /**
   * Creates a batch for a block of a segment.
   *
   * @param number the number of the block
   * @param cache caches decoded data
   * @param trace counts the bytes read and the values decoded
   */
  MappedBatch(
      SegmentReader reader, BlockEntry entry, int number, BlockCache cache, ScanTrace trace) {
    this.reader = reader;
    this.entry = entry;
    this.trace = trace;
    decoder = new ColumnDecoder(reader, entry.rows(), number, cache, trace);
  }

  private static int[] ordinals(BlockEntry entry) {
    int[] ordinals = new int[entry.rows()];
    int row = 0;
    for (int run = 0; run < entry.streamEnds().length; run++) {
      while (row < entry.streamEnds()[run]) {
        ordinals[row++] = run;
      }
    }
    return ordinals;
  }

  /** The approximate length of all values of all columns in bytes, known without reading them. */
  long textBytes() {
    return entry.textBytes();
  }

  /**
   * From now on, an unreadable column is empty instead of a failure: the rows are already selected,
   * and their other columns are still useful.
   *
   * @param listener receives the damage
   */
  public void tolerate(Consumer<CorruptSegmentException> listener) {
    tolerance = listener;
  }

  @Override
  public void release() {
    times = null;
    severities = null;
    synchronized (columns) {
      columns.clear();
    }
  }

  @Override
  public int size() {
    return entry.rows();
  }

  @Override
  public long[] times() {
    long[] known = times;
    if (known == null) {
      known = numbers(entry.times());
      int row = 0;
      for (int end : entry.streamEnds()) {
        long time = entry.minTime() / entry.timeUnit();
        for (; row < end; row++) {
          time += known[row];
          known[row] = time * entry.timeUnit();
        }
      }
      times = known;
    }
    return known;
  }

  @Override
  public int severity(int row) {
    byte[] known = severities;
    if (known == null) {
      known = readSeverities();
      severities = known;
    }
    return known[row];
  }

  private byte[] readSeverities() {
    byte[] known = new byte[entry.rows()];
    byte[] table = entry.severityTable();
    if (table.length == 1) {
      Arrays.fill(known, table[0]);
    } else if (entry.severities() == null) {
      DictionaryColumn level = (DictionaryColumn) column(Field.LEVEL);
      for (int i = 0; i < known.length; i++) {
        known[i] = table[level.code(i)];
      }
    } else {
      long[] numbers = numbers(entry.severities());
      for (int i = 0; i < known.length; i++) {
        known[i] = (byte) numbers[i];
      }
    }
    return known;
  }

  private long[] numbers(Placement place) {
    try {
      trace.add(Count.BYTES_READ, place.length());
      byte[] body = reader.body(place, trace);
      return LongsLayout.decode(new BodyReader(body, place.length()), entry.rows());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (MalformedException ex) {
      throw new UncheckedIOException(reader.corrupt(place.offset(), ex.getMessage()));
    }
  }

  @Override
  public long minTime() {
    return entry.minTime();
  }

  @Override
  public long maxTime() {
    return entry.maxTime();
  }

  @Override
  public int streamOrdinal(int row) {
    if (entry.streams().length == 1) {
      return 0;
    }
    int[] known = ordinals;
    if (known == null) {
      known = ordinals(entry);
      ordinals = known;
    }
    return known[row];
  }

  /** Returns the run of a row. */
  private int run(int row) {
    int run = Arrays.binarySearch(entry.streamEnds(), row + 1);
    return (run < 0) ? -run - 1 : run;
  }

  @Override
  public RecordBatch gather(int[] rows) {
    long[] all = times();
    long[] picked = new long[rows.length];
    byte[] severity = new byte[rows.length];
    int[] ordinal = new int[rows.length];
    List<Stream> used = new ArrayList<>();
    List<Integer> runs = new ArrayList<>();
    int[] ends = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = all[rows[i]];
      severity[i] = (byte) severity(rows[i]);
      int run = run(rows[i]);
      if (runs.isEmpty() || runs.getLast() != run) {
        runs.add(run);
        used.add(stream(run));
      }
      ordinal[i] = used.size() - 1;
      ends[used.size() - 1] = i + 1;
    }
    Column message = column(Field.MESSAGE).pick(rows);
    List<Column> fields = new ArrayList<>();
    for (ColumnEntry column : entry.columns().values()) {
      if (column.type() == ColumnType.STREAM) {
        fields.add(StreamValues.of(column.name(), used).column(ends, rows.length));
      } else if (!column.name().equals(Field.MESSAGE)) {
        fields.add(column(column.name()).pick(rows));
      }
    }
    return RecordBatch.of(picked, severity, ordinal, used, message, fields);
  }

  @Override
  public int streamCount() {
    return entry.streams().length;
  }

  @Override
  public Stream stream(int ordinal) {
    return reader.stream(entry.streams()[ordinal]);
  }

  @Override
  public Column column(String name) {
    synchronized (columns) {
      return columns.computeIfAbsent(name, this::decode);
    }
  }

  private Column decode(String name) {
    ColumnEntry column = entry.columns().get(name);
    if (column == null) {
      return ConstantColumn.empty(name);
    }
    if (column.type() == ColumnType.STREAM) {
      return StreamValues.of(name, reader.streams(entry)).column(entry.streamEnds(), entry.rows());
    }
    try {
      return decoder.decode(column);
    } catch (UncheckedIOException | InternalError ex) {
      Consumer<CorruptSegmentException> listener = tolerance;
      CorruptSegmentException found = CorruptSegmentException.of(ex, reader);
      if (listener == null || found == null) {
        throw ex;
      }
      listener.accept(found);
      return ConstantColumn.empty(name);
    }
  }

  @Override
  public List<String> fieldNames() {
    List<String> names = new ArrayList<>(entry.columns().keySet());
    names.remove(Field.MESSAGE);
    return names;
  }

  @Override
  public long memoryBytes() {
    long[] knownTimes = times;
    int[] knownOrdinals = ordinals;
    long bytes =
        ((knownOrdinals != null) ? knownOrdinals.length * 4L : 0)
            + ((knownTimes != null) ? knownTimes.length * 8L : 0);
    synchronized (columns) {
      for (Column column : columns.values()) {
        bytes += column.memoryBytes();
      }
    }
    return bytes;
  }

  @Override
  public String toString() {
    return entry.rows() + " records with " + entry.columns().keySet();
  }
}
