package io.logcaster.storage.segment;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A block of a segment that decodes what is asked for. Safe for use by many threads at once. */
final class MappedBatch extends RecordBatch {

  private final SegmentReader reader;

  private final BlockEntry entry;

  private final int number;

  private final BlockCache cache;

  private final ScanTrace trace;

  /** The run of each row, once asked for where there are several. */
  private volatile int @Nullable [] ordinals;

  private volatile long @Nullable [] times;

  private volatile byte @Nullable [] severities;

  private final Map<String, Column> columns = new HashMap<>();

  /**
   * A block of a segment.
   *
   * @param number which block
   * @param cache keeps what is decoded
   * @param trace counts what is read
   */
  MappedBatch(
      SegmentReader reader, BlockEntry entry, int number, BlockCache cache, ScanTrace trace) {
    this.reader = reader;
    this.entry = entry;
    this.number = number;
    this.cache = cache;
    this.trace = trace;
  }

  private static int[] ordinals(BlockEntry entry) {
    int[] ordinals = new int[entry.rows];
    int row = 0;
    for (int run = 0; run < entry.streamEnds.length; run++) {
      while (row < entry.streamEnds[run]) {
        ordinals[row++] = run;
      }
    }
    return ordinals;
  }

  /** How long the values of all columns are together, known without reading them. */
  long textBytes() {
    return entry.textBytes;
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
    return entry.rows;
  }

  @Override
  public long[] times() {
    long[] known = times;
    if (known == null) {
      known = numbers(entry.times);
      int row = 0;
      for (int end : entry.streamEnds) {
        long time = entry.minTime / entry.timeUnit;
        for (; row < end; row++) {
          time += known[row];
          known[row] = time * entry.timeUnit;
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
    byte[] known = new byte[entry.rows];
    byte[] table = entry.severityTable;
    if (table.length == 1) {
      Arrays.fill(known, table[0]);
    } else if (entry.severities == null) {
      DictionaryColumn level = (DictionaryColumn) column(Field.LEVEL);
      for (int i = 0; i < known.length; i++) {
        known[i] = table[level.code(i)];
      }
    } else {
      long[] numbers = numbers(entry.severities);
      for (int i = 0; i < known.length; i++) {
        known[i] = (byte) numbers[i];
      }
    }
    return known;
  }

  private long[] numbers(Placement place) {
    try {
      trace.add(Count.BYTES_READ, place.length());
      byte[] body = reader.body(place);
      return LongsLayout.decode(new BodyReader(body, place.length()), entry.rows);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (MalformedException ex) {
      throw new UncheckedIOException(reader.corrupt(place.offset(), ex.getMessage()));
    }
  }

  @Override
  public long minTime() {
    return entry.minTime;
  }

  @Override
  public long maxTime() {
    return entry.maxTime;
  }

  @Override
  public int streamOrdinal(int row) {
    if (entry.streams.length == 1) {
      return 0;
    }
    int[] known = ordinals;
    if (known == null) {
      known = ordinals(entry);
      ordinals = known;
    }
    return known[row];
  }

  /** Which run a row is in. */
  private int run(int row) {
    int run = Arrays.binarySearch(entry.streamEnds, row + 1);
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
    for (BlockEntry.ColumnEntry column : entry.columns.values()) {
      if (column.type == SegmentFormat.STREAM) {
        fields.add(StreamValues.of(column.name, used).column(ends, rows.length));
      } else if (!column.name.equals(Field.MESSAGE)) {
        fields.add(column(column.name).pick(rows));
      }
    }
    return RecordBatch.of(picked, severity, ordinal, used, message, fields);
  }

  @Override
  public int streamCount() {
    return entry.streams.length;
  }

  @Override
  public Stream stream(int ordinal) {
    return reader.stream(entry.streams[ordinal]);
  }

  @Override
  public Column column(String name) {
    synchronized (columns) {
      return columns.computeIfAbsent(name, this::decode);
    }
  }

  private Column decode(String name) {
    BlockEntry.ColumnEntry column = entry.columns.get(name);
    if (column == null) {
      return ConstantColumn.empty(name);
    }
    if (column.type == SegmentFormat.STREAM) {
      return StreamValues.of(name, reader.streams(entry)).column(entry.streamEnds, entry.rows);
    }
    if (column.body == null) {
      ArenaColumn value = Objects.requireNonNull(column.entries);
      return new ConstantColumn(name, value.bytes());
    }
    Object kept = cache.get(reader.number(), number, name);
    if (kept instanceof Column known) {
      return known;
    }
    if (kept instanceof Templates templates) {
      return new TemplateColumn(name, templates, new Reading(column, null));
    }
    try {
      return decode(column, bodyOf(column));
    } catch (MalformedException ex) {
      throw malformedColumn(column, ex);
    }
  }

  private Column decode(BlockEntry.ColumnEntry column, BodyReader body) throws MalformedException {
    int rows = entry.rows;
    if (column.entries != null) {
      int from = body.soft.take(rows);
      byte[] codes = Arrays.copyOfRange(body.soft.array(), from, from + rows);
      for (byte code : codes) {
        if ((code & 0xff) >= column.cardinality) {
          throw new MalformedException("code beyond " + column.cardinality + " entries");
        }
      }
      Column values = new DictionaryColumn(column.entries, column.cardinality, codes);
      cache.put(reader.number(), number, column.name, values, values.memoryBytes());
      return values;
    }
    long[] presence = column.hasEmpty ? presence(body.soft) : new long[0];
    int count = rows;
    if (column.hasEmpty) {
      count = 0;
      for (long word : presence) {
        count += Long.bitCount(word);
      }
      if (count > rows) {
        throw new MalformedException(count + " values in " + rows + " rows");
      }
    }
    if (column.type == SegmentFormat.TEMPLATES) {
      Templates templates = Templates.read(body, presence, rows, count);
      cache.put(reader.number(), number, column.name, templates, templates.memoryBytes());
      return new TemplateColumn(column.name, templates, new Reading(column, body));
    }
    if (column.type == SegmentFormat.INTEGER || column.type == SegmentFormat.DECIMAL) {
      return Decimals.decode(
          column.name,
          body,
          column.hasEmpty ? Bitmap.of(presence, rows) : null,
          rows,
          count,
          column.type == SegmentFormat.INTEGER);
    }
    Texts texts = plain(body, count);
    int[] ends = column.hasEmpty ? spread(texts.ends(), presence, rows) : texts.ends();
    return new ArenaColumn(column.name, texts.bytes(), ends, rows);
  }

  /** Gives a column its body again. */
  private final class Reading implements TemplateColumn.Reading {

    private final BlockEntry.ColumnEntry column;

    private volatile @Nullable BodyReader body;

    Reading(BlockEntry.ColumnEntry column, @Nullable BodyReader body) {
      this.column = column;
      this.body = body;
    }

    @Override
    public BodyReader body() {
      BodyReader known = body;
      if (known == null) {
        known = bodyOf(column);
        body = known;
      }
      return known;
    }

    @Override
    public void decoded(int values) {
      trace.add(Count.VALUES_DECODED, values);
    }

    @Override
    public RuntimeException malformed(MalformedException cause) {
      return malformedColumn(column, cause);
    }
  }

  private BodyReader bodyOf(BlockEntry.ColumnEntry column) {
    Placement place = Objects.requireNonNull(column.body);
    trace.add(Count.BYTES_READ, place.length());
    try {
      return new BodyReader(reader.body(place), place.length());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (MalformedException ex) {
      throw malformedColumn(column, ex);
    }
  }

  private UncheckedIOException malformedColumn(
      BlockEntry.ColumnEntry column, MalformedException cause) {
    Placement place = Objects.requireNonNull(column.body);
    return new UncheckedIOException(
        reader.corrupt(place.offset(), "column " + column.name + ": " + cause.getMessage()));
  }

  private long[] presence(ByteSource source) throws MalformedException {
    long[] presence = new long[(entry.rows + 63) >>> 6];
    for (int i = 0; i < presence.length; i++) {
      presence[i] = source.getLong();
    }
    return presence;
  }

  private static int[] spread(int[] ends, long[] presence, int rows) {
    int[] spread = new int[rows];
    int value = 0;
    int end = 0;
    for (int row = 0; row < rows; row++) {
      if ((presence[row >>> 6] & 1L << row) != 0) {
        end = ends[value++];
      }
      spread[row] = end;
    }
    return spread;
  }

  private static Texts plain(BodyReader body, int count) throws MalformedException {
    long[] lengths = LongsLayout.decode(body, count);
    int[] ends = new int[count];
    int available = body.soft.remaining();
    int used = 0;
    for (int i = 0; i < count; i++) {
      if (lengths[i] < 0 || lengths[i] > available - used) {
        throw new MalformedException("text of " + lengths[i] + " bytes");
      }
      used += (int) lengths[i];
      ends[i] = used;
    }
    int from = body.soft.take(used);
    return new Texts(Arrays.copyOfRange(body.soft.array(), from, from + used), ends);
  }

  @Override
  public List<String> fieldNames() {
    List<String> names = new ArrayList<>(entry.columns.keySet());
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
    return entry.rows + " records with " + entry.columns.keySet();
  }
}
