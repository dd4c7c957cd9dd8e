package io.logcaster.storage.segment;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into the bytes of a block and their description. Holds some megabytes of buffers, so
 * it is kept between segments. Not thread-safe.
 */
final class BlockEncoder implements AutoCloseable {

  private final ColumnEncoder columns = new ColumnEncoder();

  private final Values values = new Values();

  private final ByteSink block = new ByteSink(1 << 20);

  private final ByteSink entry = new ByteSink(1 << 12);

  private final ByteSink described = new ByteSink(1 << 12);

  private long[] numbers = new long[0];

  /** The bytes of the block that was encoded last. */
  ByteSink block() {
    return block;
  }

  /** The description of the block that was encoded last. */
  ByteSink entry() {
    return entry;
  }

  /**
   * Encodes rows of an order.
   *
   * @param firstStream the stream of the first row
   * @param base where the block will begin in the file
   */
  void encode(
      RowOrder order, List<RecordBatch> batches, int from, int to, int firstStream, long base) {
    block.clear();
    entry.clear();
    int rows = to - from;
    if (numbers.length < rows) {
      numbers = new long[rows];
    }
    entry.putVarint(rows);
    writeTimes(order, from, to, base);
    writeStreams(order, from, to, firstStream);
    writeSeverities(order, batches, from, to, base);
    boolean[] used = new boolean[batches.size()];
    for (int i = from; i < to; i++) {
      used[order.batch(i)] = true;
    }
    int count = 0;
    described.clear();
    @Nullable Column[] sources = new Column[batches.size()];
    for (String name : names(batches, used)) {
      for (int b = 0; b < sources.length; b++) {
        sources[b] = used[b] ? batches.get(b).column(name) : null;
      }
      values.gather(order, from, to, sources);
      if (values.count > 0) {
        byte[] nameBytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        described.putSized(nameBytes, 0, nameBytes.length);
        columns.encode(values, described, block, base);
        count++;
      }
    }
    entry.putVarint(count);
    entry.put(described.array(), 0, described.length());
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

  private void writeTimes(RowOrder order, int from, int to, long base) {
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
      numbers[i - from] = time;
    }
    long unit = millis ? 1_000_000 : micros ? 1_000 : 1;
    if (unit > 1) {
      for (int i = 0; i < to - from; i++) {
        numbers[i] /= unit;
      }
    }
    entry.putSigned(min);
    entry.putVarint(max - min);
    entry.putVarint(unit);
    columns.numbers(numbers, to - from, entry, block, base);
  }

  private void writeStreams(RowOrder order, int from, int to, int firstStream) {
    int runs = 1;
    int stream = firstStream;
    while (order.streamStart(stream + 1) < to) {
      stream++;
      runs++;
    }
    entry.putVarint(runs);
    for (int i = firstStream; i <= stream; i++) {
      entry.putVarint(i);
      int start = Math.max(from, order.streamStart(i));
      entry.putVarint(Math.min(to, order.streamStart(i + 1)) - start);
    }
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
