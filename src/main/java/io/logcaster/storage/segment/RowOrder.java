package io.logcaster.storage.segment;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several batches in the order of a segment: by stream, then by time, rows of equal
 * time as they came. Streams follow their canonical text, so that streams of one program are
 * neighbours.
 */
final class RowOrder {

  private final List<RecordBatch> batches;

  /** Sorted by canonical text. */
  private final List<Stream> streams;

  /** Where the rows of each stream begin; one more entry than streams. */
  private final int[] streamStarts;

  /** The batch in the upper, the row in the lower half. */
  private final long[] refs;

  private final long[] times;

  private final long[] otherBytes;

  private final @Nullable Column[] messages;

  private RowOrder(
      List<RecordBatch> batches,
      List<Stream> streams,
      int[] streamStarts,
      long[] refs,
      long[] times) {
    this.batches = batches;
    this.streams = streams;
    this.streamStarts = streamStarts;
    this.refs = refs;
    this.times = times;
    otherBytes = new long[batches.size()];
    messages = new Column[batches.size()];
    measure();
  }

  static RowOrder of(List<RecordBatch> batches, List<@Nullable Bitmap> keep) {
    Map<Stream, Integer> numbers = new HashMap<>();
    List<Stream> found = new ArrayList<>();
    int[][] numberOf = new int[batches.size()][];
    int[] counts = new int[64];
    long total = 0;
    for (int b = 0; b < numberOf.length; b++) {
      RecordBatch batch = batches.get(b);
      Bitmap rows = keep.get(b);
      int[] local = new int[batch.streamCount()];
      Arrays.fill(local, -1);
      numberOf[b] = local;
      for (int row = first(rows, batch); row >= 0; row = next(rows, batch, row)) {
        int ordinal = batch.streamOrdinal(row);
        if (local[ordinal] < 0) {
          Stream stream = batch.stream(ordinal);
          Integer known = numbers.putIfAbsent(stream, found.size());
          if (known == null) {
            found.add(stream);
            if (found.size() > counts.length) {
              counts = Arrays.copyOf(counts, counts.length * 2);
            }
          }
          local[ordinal] = (known != null) ? known : found.size() - 1;
        }
        counts[local[ordinal]]++;
        total++;
      }
    }
    int count = Math.toIntExact(total);
    Integer[] byName = new Integer[found.size()];
    Arrays.setAll(byName, (i) -> i);
    Arrays.sort(byName, Comparator.comparing((Integer i) -> found.get(i).canonical()));
    int[] starts = new int[found.size() + 1];
    int[] places = new int[found.size()];
    List<Stream> sorted = new ArrayList<>(found.size());
    for (int i = 0; i < byName.length; i++) {
      int number = byName[i];
      sorted.add(found.get(number));
      places[number] = starts[i];
      starts[i + 1] = starts[i] + counts[number];
    }
    long[] refs = new long[count];
    long[] times = new long[count];
    for (int b = 0; b < numberOf.length; b++) {
      RecordBatch batch = batches.get(b);
      Bitmap rows = keep.get(b);
      long[] from = batch.times();
      int[] local = numberOf[b];
      for (int row = first(rows, batch); row >= 0; row = next(rows, batch, row)) {
        int place = places[local[batch.streamOrdinal(row)]]++;
        refs[place] = (long) b << 32 | row;
        times[place] = from[row];
      }
      if (batch instanceof MappedBatch mapped) {
        mapped.release();
      }
    }
    TimeSort sort = new TimeSort(times, refs);
    for (int i = 0; i < sorted.size(); i++) {
      sort.sort(starts[i], starts[i + 1]);
    }
    return new RowOrder(batches, sorted, starts, refs, times);
  }

  private static int first(@Nullable Bitmap rows, RecordBatch batch) {
    return (rows != null) ? rows.next(0) : (batch.size() > 0) ? 0 : -1;
  }

  private static int next(@Nullable Bitmap rows, RecordBatch batch, int row) {
    return (rows != null) ? rows.next(row + 1) : (row + 1 < batch.size()) ? row + 1 : -1;
  }

  int size() {
    return refs.length;
  }

  List<Stream> streams() {
    return streams;
  }

  /** Where the rows of a stream begin; for the number after the last stream, where all rows end. */
  int streamStart(int stream) {
    return streamStarts[stream];
  }

  int batch(int index) {
    return (int) (refs[index] >>> 32);
  }

  int row(int index) {
    return (int) refs[index];
  }

  long time(int index) {
    return times[index];
  }

  /**
   * Cuts the rows into blocks.
   *
   * @return where each block ends
   */
  int[] cut() {
    int[] ends = new int[16];
    int blocks = 0;
    int blockStart = 0;
    long bytes = 0;
    for (int stream = 0; stream < streams.size(); stream++) {
      int start = streamStarts[stream];
      int end = streamStarts[stream + 1];
      long streamBytes = 0;
      for (int i = start; i < end; i++) {
        streamBytes += rowBytes(i);
      }
      boolean alone = streamBytes >= SegmentFormat.OWN_BLOCK_BYTES;
      // A stream that fills blocks of its own starts one; small ones follow each other.
      if (start > blockStart
          && (alone
              || bytes + streamBytes > SegmentFormat.BLOCK_BYTES
              || end - blockStart > SegmentFormat.BLOCK_ROWS)) {
        ends = add(ends, blocks++, start);
        blockStart = start;
        bytes = 0;
      }
      for (int i = start; i < end; i++) {
        long more = rowBytes(i);
        if (i > blockStart
            && (bytes + more > SegmentFormat.BLOCK_BYTES
                || i - blockStart >= SegmentFormat.BLOCK_ROWS)) {
          ends = add(ends, blocks++, i);
          blockStart = i;
          bytes = 0;
        }
        bytes += more;
      }
      if (alone && end > blockStart) {
        ends = add(ends, blocks++, end);
        blockStart = end;
        bytes = 0;
      }
    }
    if (size() > blockStart) {
      ends = add(ends, blocks++, size());
    }
    return Arrays.copyOf(ends, blocks);
  }

  private static int[] add(int[] ends, int at, int end) {
    int[] target = (at == ends.length) ? Arrays.copyOf(ends, at * 2) : ends;
    target[at] = end;
    return target;
  }

  /** About how long the values of some rows are together. */
  long textBytes(int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += rowBytes(i);
    }
    return bytes;
  }

  private long rowBytes(int index) {
    int batch = batch(index);
    int row = row(index);
    Column message = messages[batch];
    return otherBytes[batch] + ((message != null) ? message.end(row) - message.start(row) : 0);
  }

  /**
   * The last row of each batch, so that what was decoded for it can be let go behind that.
   *
   * @return for each batch an index into this order, -1 where it has no row in it
   */
  int[] lastRows() {
    int[] last = new int[batches.size()];
    Arrays.fill(last, -1);
    for (int i = 0; i < refs.length; i++) {
      last[batch(i)] = i;
    }
    return last;
  }

  /**
   * Finds how long rows are: the message of each, all else by the average of its batch. A block of
   * a segment says its average without being read.
   */
  private void measure() {
    for (int b = 0; b < otherBytes.length; b++) {
      RecordBatch batch = batches.get(b);
      if (batch instanceof MappedBatch mapped) {
        otherBytes[b] = mapped.textBytes() / Math.max(1, mapped.size());
      } else if (batch.size() > 0) {
        otherBytes[b] = otherBytes(batch) / batch.size();
        messages[b] = batch.column(Field.MESSAGE);
      }
    }
  }

  /** About how long the fields beside the message are. */
  private static long otherBytes(RecordBatch batch) {
    long bytes = 0;
    for (String name : batch.fieldNames()) {
      Column column = batch.column(name);
      if (column instanceof ArenaColumn arena) {
        bytes += arena.textBytes();
      } else {
        for (int row = 0; row < batch.size(); row++) {
          bytes += column.end(row) - column.start(row);
        }
      }
    }
    return bytes;
  }
}
