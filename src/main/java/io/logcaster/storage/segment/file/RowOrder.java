package io.logcaster.storage.segment.file;

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
 * The rows of several batches in the order of a segment: by stream, then by time, then by arrival.
 * Streams are sorted by their canonical text, so streams of one program are neighbours.
 */
final class RowOrder {

  private final List<RecordBatch> batches;

  /** Sorted by canonical text. */
  private final List<Stream> streams;

  /** Where the rows of each stream begin; has one more entry, where all rows end. */
  private final int[] streamStarts;

  /** For each row, the batch in the upper half and its row there in the lower half. */
  private final long[] refs;

  private final long[] times;

  /** The approximate total length of each row's values. */
  private final int[] sizes;

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
    sizes = sizes();
  }

  static RowOrder of(List<RecordBatch> batches, List<@Nullable Bitmap> keep) {
    Numbering numbering = new Numbering();
    int[][] numberOf = new int[batches.size()][];
    for (int b = 0; b < numberOf.length; b++) {
      numberOf[b] = numbering.count(batches.get(b), keep.get(b));
    }
    int[] byName = numbering.byName();
    int[] starts = new int[byName.length + 1];
    int[] places = new int[byName.length];
    List<Stream> sorted = new ArrayList<>(byName.length);
    for (int i = 0; i < byName.length; i++) {
      int number = byName[i];
      sorted.add(numbering.found.get(number));
      places[number] = starts[i];
      starts[i + 1] = Math.addExact(starts[i], numbering.counts[number]);
    }
    int count = starts[byName.length];
    long[] refs = new long[count];
    long[] times = new long[count];
    for (int b = 0; b < numberOf.length; b++) {
      RecordBatch batch = batches.get(b);
      place(b, batch, keep.get(b), numberOf[b], places, refs, times);
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

  /** Places the rows of a batch after the rows of the same streams that are already placed. */
  private static void place(
      int index,
      RecordBatch batch,
      @Nullable Bitmap keep,
      int[] numberOf,
      int[] places,
      long[] refs,
      long[] times) {
    long[] from = batch.times();
    for (int row = first(keep, batch); row >= 0; row = next(keep, batch, row)) {
      int place = places[numberOf[batch.streamOrdinal(row)]]++;
      refs[place] = (long) index << 32 | row;
      times[place] = from[row];
    }
  }

  /** Numbers the streams of all batches and counts their rows. */
  private static final class Numbering {

    final Map<Stream, Integer> numbers = new HashMap<>();

    final List<Stream> found = new ArrayList<>();

    int[] counts = new int[64];

    /**
     * Counts the rows of a batch. Returns the number of each of its streams; -1 for unused ones.
     */
    int[] count(RecordBatch batch, @Nullable Bitmap keep) {
      int[] rows = new int[batch.streamCount()];
      for (int row = first(keep, batch); row >= 0; row = next(keep, batch, row)) {
        rows[batch.streamOrdinal(row)]++;
      }
      int[] numberOf = new int[rows.length];
      for (int ordinal = 0; ordinal < rows.length; ordinal++) {
        numberOf[ordinal] = -1;
        if (rows[ordinal] > 0) {
          numberOf[ordinal] = number(batch.stream(ordinal));
          counts[numberOf[ordinal]] += rows[ordinal];
        }
      }
      return numberOf;
    }

    private int number(Stream stream) {
      Integer known = numbers.putIfAbsent(stream, found.size());
      if (known != null) {
        return known;
      }
      found.add(stream);
      if (found.size() > counts.length) {
        counts = Arrays.copyOf(counts, counts.length * 2);
      }
      return found.size() - 1;
    }

    /** Returns the numbers, sorted by the streams' canonical texts. */
    int[] byName() {
      Integer[] order = new Integer[found.size()];
      Arrays.setAll(order, (i) -> i);
      Arrays.sort(order, Comparator.comparing((Integer i) -> found.get(i).canonical()));
      return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
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

  /** Where the rows of a stream begin, or for one past the last stream, where all rows end. */
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
   * Splits the rows into blocks.
   *
   * @return the index after the last row of each block
   */
  int[] cut() {
    int[] ends = new int[16];
    int blocks = 0;
    int blockStart = 0;
    long bytes = 0;
    BlockColumns columns = BlockColumns.of(batches, size());
    for (int stream = 0; stream < streams.size(); stream++) {
      int start = streamStarts[stream];
      int end = streamStarts[stream + 1];
      long streamBytes = 0;
      for (int i = start; i < end; i++) {
        streamBytes += sizes[i];
      }
      boolean alone = streamBytes >= SegmentFormat.OWN_BLOCK_BYTES;
      // A large stream starts its own block; small streams share blocks.
      if (start > blockStart
          && (alone
              || bytes + streamBytes > SegmentFormat.BLOCK_BYTES
              || end - blockStart > SegmentFormat.BLOCK_ROWS)) {
        ends = add(ends, blocks++, start);
        blockStart = start;
        bytes = 0;
        begin(columns);
      }
      for (int i = start; i < end; i++) {
        int more = sizes[i];
        if (i > blockStart
            && (bytes + more > SegmentFormat.BLOCK_BYTES
                || i - blockStart >= SegmentFormat.BLOCK_ROWS
                || (columns != null && !columns.add(batch(i), i + 1L - blockStart)))) {
          ends = add(ends, blocks++, i);
          blockStart = i;
          bytes = 0;
          begin(columns);
        }
        bytes += more;
      }
      if (alone && end > blockStart) {
        ends = add(ends, blocks++, end);
        blockStart = end;
        bytes = 0;
        begin(columns);
      }
    }
    if (size() > blockStart) {
      ends = add(ends, blocks++, size());
    }
    return Arrays.copyOf(ends, blocks);
  }

  private static void begin(@Nullable BlockColumns columns) {
    if (columns != null) {
      columns.begin();
    }
  }

  private static int[] add(int[] ends, int at, int end) {
    int[] target = (at == ends.length) ? Arrays.copyOf(ends, at * 2) : ends;
    target[at] = end;
    return target;
  }

  /** The approximate total length of the values of some rows, in bytes. */
  long textBytes(int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += sizes[i];
    }
    return bytes;
  }

  /** Returns for each batch whether it has one of the rows. */
  boolean[] batchesOf(int from, int to) {
    boolean[] used = new boolean[batches.size()];
    for (int i = from; i < to; i++) {
      used[batch(i)] = true;
    }
    return used;
  }

  /** The earliest time of some rows. */
  long minTime(int from, int to) {
    long min = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      min = Math.min(min, times[i]);
    }
    return min;
  }

  /** The latest time of some rows. */
  long maxTime(int from, int to) {
    long max = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      max = Math.max(max, times[i]);
    }
    return max;
  }

  /**
   * Returns the last row of each batch, after which its decoded columns can be released.
   *
   * @return an index into this order for each batch; -1 if it has no rows here
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
   * Estimates the length of each row: its message, plus the average of the other columns in its
   * batch. A block of a segment provides only an average of all columns, which needs no reading.
   */
  private int[] sizes() {
    long[] otherBytes = new long[batches.size()];
    @Nullable Column[] messages = new Column[batches.size()];
    for (int b = 0; b < otherBytes.length; b++) {
      RecordBatch batch = batches.get(b);
      if (batch instanceof MappedBatch mapped) {
        otherBytes[b] = mapped.textBytes() / Math.max(1, mapped.size());
      } else if (batch.size() > 0) {
        otherBytes[b] = otherBytes(batch) / batch.size();
        messages[b] = batch.column(Field.MESSAGE);
      }
    }
    int[] found = new int[refs.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = size(i, messages[batch(i)], otherBytes[batch(i)]);
    }
    return found;
  }

  private int size(int index, @Nullable Column message, long otherBytes) {
    int row = row(index);
    long bytes = (message != null) ? message.end(row) - message.start(row) : 0;
    return (int) Math.min(otherBytes + bytes, Integer.MAX_VALUE);
  }

  /** The approximate total length of all fields except the message. */
  private static long otherBytes(RecordBatch batch) {
    long bytes = 0;
    for (String name : batch.fieldNames()) {
      bytes += batch.column(name).textBytes(batch.size());
    }
    return bytes;
  }
}
