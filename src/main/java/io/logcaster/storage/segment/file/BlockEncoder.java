package io.logcaster.storage.segment.file;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.column.TimeGrid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows into the bytes of a block and the block's description. Holds some megabytes of
 * buffers, so it is pooled. Reusable, not thread-safe.
 */
final class BlockEncoder implements AutoCloseable {

  private final ColumnEncoder columns = new ColumnEncoder();

  private final ValueGatherer gatherer = new ValueGatherer();

  private final TimeGrid.Counter grid = new TimeGrid.Counter();

  private final ByteSink block = new ByteSink(1 << 20);

  private final ByteSink entry = new ByteSink(1 << 12);

  private final ByteSink described = new ByteSink(1 << 12);

  private long[] numbers = new long[0];

  /** The severity of each entry of the level column. */
  private final byte[] table = new byte[SegmentFormat.MAX_DICTIONARY];

  private int tableSize;

  private byte[] levelCodes = {};

  /** Marks an entry without a severity. */
  private static final byte NONE = -1;

  /** The bytes of the last encoded block. */
  ByteSink block() {
    return block;
  }

  /** The description of the last encoded block. */
  ByteSink entry() {
    return entry;
  }

  /**
   * Encodes the rows {@code from} to {@code to} of an order as one block.
   *
   * @param firstStream the stream of the first row
   * @param base the offset at which the block will begin in the file
   * @param flush sees the messages
   * @param words collects the words of blocks; null if each column has a filter
   */
  void encode(
      RowOrder order,
      List<RecordBatch> batches,
      int from,
      int to,
      int firstStream,
      long base,
      MessageObserver.Flush flush,
      @Nullable WordGroupWriter words) {
    columns.collectWords(words);
    block.clear();
    entry.clear();
    int rows = to - from;
    if (numbers.length < rows) {
      numbers = new long[rows];
    }
    entry.putVarint(rows);
    entry.putVarint(order.textBytes(from, to));
    writeTimes(order, from, to, firstStream, base);
    int[] runEnds = writeStreams(order, from, to, firstStream);
    boolean[] used = order.batchesOf(from, to);
    int count = 0;
    boolean severitiesKnown = false;
    described.clear();
    @Nullable Column[] sources = new Column[batches.size()];
    for (String name : names(batches, used)) {
      int start = described.length();
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      described.putSized(nameBytes, 0, nameBytes.length);
      if (isStreamField(name, order, firstStream, to)) {
        described.put(ColumnType.STREAM.code);
        if (words != null) {
          words.leaveOpen(name);
        }
        count++;
        continue;
      }
      for (int b = 0; b < sources.length; b++) {
        sources[b] = used[b] ? batches.get(b).column(name) : null;
      }
      ColumnValues values = gatherer.gather(order, from, to, sources);
      if (values.presence().count() == 0) {
        described.length(start);
        continue;
      }
      if (words != null) {
        words.column(name);
      }
      columns.encode(values, runEnds, described, block, base);
      if (name.equals(Field.MESSAGE) && !flush.equals(MessageObserver.Flush.NONE)) {
        flush.block(WrittenMessages.of(values, columns.templates(), order, batches, from));
      }
      count++;
      if (name.equals(Field.LEVEL)) {
        severitiesKnown = tabulate(values, order, batches, from);
      }
    }
    if (severitiesKnown) {
      entry.putVarint(tableSize);
      entry.put(table, 0, tableSize);
    } else {
      entry.putVarint(0);
      writeSeverities(order, batches, from, to, base);
    }
    entry.putVarint(count);
    entry.put(described.array(), 0, described.length());
  }

  /** Whether all streams of a block have a field, which then is not stored with the rows. */
  private static boolean isStreamField(String name, RowOrder order, int firstStream, int to) {
    for (int stream = firstStream;
        stream < order.streams().size() && order.streamStart(stream) < to;
        stream++) {
      if (order.streams().get(stream).value(name).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Fills {@link #table} with the severity of each entry of the level column.
   *
   * @param levels the values of the level column
   * @return whether each entry has exactly one severity
   */
  private boolean tabulate(
      ColumnValues levels, RowOrder order, List<RecordBatch> batches, int from) {
    if (!(levels instanceof ColumnValues.Repeated repeated)) {
      return false;
    }
    int rows = levels.presence().rows();
    if (levelCodes.length < rows) {
      levelCodes = new byte[rows];
    }
    repeated.putRowCodes(levelCodes, 0);
    tableSize = repeated.entries().count() + (levels.presence().hasEmpty() ? 1 : 0);
    Arrays.fill(table, 0, tableSize, NONE);
    for (int row = 0; row < rows; row++) {
      int code = levelCodes[row] & 0xff;
      byte severity = (byte) batches.get(order.batch(from + row)).severity(order.row(from + row));
      if (table[code] == NONE) {
        table[code] = severity;
      } else if (table[code] != severity) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> names(List<RecordBatch> batches, boolean[] used) {
    Set<String> names = new LinkedHashSet<>();
    names.add(Field.MESSAGE);
    for (int b = 0; b < used.length; b++) {
      if (used[b]) {
        names.addAll(batches.get(b).fieldNames());
      }
    }
    return names;
  }

  private void writeTimes(RowOrder order, int from, int to, int firstStream, long base) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    boolean micros = true;
    boolean millis = true;
    for (int i = from; i < to; i++) {
      long time = order.time(i);
      min = Math.min(min, time);
      max = Math.max(max, time);
      micros &= time % 1_000 == 0;
      millis &= time % 1_000_000 == 0;
    }
    long unit = millis ? 1_000_000 : micros ? 1_000 : 1;
    entry.putSigned(min);
    entry.putVarint(max - min);
    entry.putVarint(unit);
    steps(order, from, to, firstStream, min / unit, unit);
    columns.numbers(numbers, to - from, entry, block, base);
    grid.begin(min, max);
    if (grid.isNeeded()) {
      for (int i = from; i < to; i++) {
        grid.add(order.time(i));
      }
    }
    grid.writeTo(entry);
  }

  /**
   * Computes the differences of times, which are never negative: from row to row within a stream,
   * and from the block's min time to the first row of each stream.
   */
  private void steps(RowOrder order, int from, int to, int firstStream, long min, long unit) {
    int stream = firstStream;
    long before = min;
    for (int i = from; i < to; i++) {
      if (i == order.streamStart(stream + 1)) {
        stream++;
        before = min;
      }
      long time = (unit > 1) ? order.time(i) / unit : order.time(i);
      numbers[i - from] = time - before;
      before = time;
    }
  }

  private int[] writeStreams(RowOrder order, int from, int to, int firstStream) {
    int runs = 1;
    int stream = firstStream;
    while (order.streamStart(stream + 1) < to) {
      stream++;
      runs++;
    }
    entry.putVarint(runs);
    int[] ends = new int[runs];
    for (int i = firstStream; i <= stream; i++) {
      entry.putVarint(i);
      int start = Math.max(from, order.streamStart(i));
      int end = Math.min(to, order.streamStart(i + 1));
      entry.putVarint(end - start);
      ends[i - firstStream] = end - from;
    }
    return ends;
  }

  private void writeSeverities(
      RowOrder order, List<RecordBatch> batches, int from, int to, long base) {
    for (int i = from; i < to; i++) {
      numbers[i - from] = batches.get(order.batch(i)).severity(order.row(i));
    }
    columns.numbers(numbers, to - from, entry, block, base);
  }

  @Override
  public void close() {
    columns.close();
  }
}
