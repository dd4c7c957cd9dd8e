package io.logcaster.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of several batches into one, grouped by stream. Within a stream, rows keep the order of
 * the batches and of the rows in each.
 */
final class BatchMerge {

  private final List<RecordBatch> batches;

  /** The streams of the new batch. */
  private final List<Stream> streams = new ArrayList<>();

  /** For each new row its old one; {@link #runs} say of which batch. */
  private final int[] rows;

  /** Stretches of rows from one batch: its index and the end of the stretch, alternating. */
  private int[] runs = new int[64];

  private int runsLength;

  private final int[] ordinals;

  /**
   * @param picked the rows of each batch, ascending
   */
  BatchMerge(List<RecordBatch> batches, List<int[]> picked) {
    this.batches = batches;
    int size = picked.stream().mapToInt((some) -> some.length).sum();
    rows = new int[size];
    ordinals = new int[size];
    order(picked);
  }

  /** Sorts the rows by stream with a counting sort. */
  private void order(List<int[]> picked) {
    Map<Stream, Integer> known = new HashMap<>();
    List<int[]> numbers = new ArrayList<>();
    int[] counts = new int[16];
    for (int b = 0; b < batches.size(); b++) {
      RecordBatch batch = batches.get(b);
      int[] number = new int[batch.streamCount()]; // + 1; 0 until it is known
      int[] old = batch.streamOrdinals();
      for (int row : picked.get(b)) {
        int stream = number[old[row]] - 1;
        if (stream < 0) {
          Stream own = batch.stream(old[row]);
          stream = known.computeIfAbsent(own, (added) -> known.size());
          number[old[row]] = stream + 1;
          if (stream == streams.size()) {
            streams.add(own);
          }
          if (stream >= counts.length) {
            counts = Arrays.copyOf(counts, counts.length * 2);
          }
        }
        counts[stream]++;
      }
      numbers.add(number);
    }
    int[] places = new int[streams.size()];
    for (int stream = 1; stream < places.length; stream++) {
      places[stream] = places[stream - 1] + counts[stream - 1];
    }
    int[] sources = new int[rows.length];
    for (int b = 0; b < batches.size(); b++) {
      int[] number = numbers.get(b);
      int[] old = batches.get(b).streamOrdinals();
      for (int row : picked.get(b)) {
        int stream = number[old[row]] - 1;
        int place = places[stream]++;
        rows[place] = row;
        sources[place] = b;
        ordinals[place] = stream;
      }
    }
    for (int row = 1; row <= sources.length; row++) {
      if (row == sources.length || sources[row] != sources[row - 1]) {
        addRun(sources[row - 1], row);
      }
    }
  }

  private void addRun(int batch, int end) {
    if (runsLength == runs.length) {
      runs = Arrays.copyOf(runs, runsLength * 2);
    }
    runs[runsLength++] = batch;
    runs[runsLength++] = end;
  }

  RecordBatch merged() {
    long[] times = new long[rows.length];
    byte[] severities = new byte[rows.length];
    int row = 0;
    for (int run = 0; run < runsLength; run += 2) {
      long[] from = batches.get(runs[run]).times();
      byte[] severity = batches.get(runs[run]).severities();
      for (; row < runs[run + 1]; row++) {
        times[row] = from[rows[row]];
        severities[row] = severity[rows[row]];
      }
    }
    Set<String> names = new LinkedHashSet<>();
    batches.forEach((batch) -> names.addAll(batch.fieldNames()));
    List<Column> fields = new ArrayList<>();
    for (String name : names) {
      Column column = column(name);
      if (column != null) {
        fields.add(column);
      }
    }
    Column message = column(Field.MESSAGE);
    return RecordBatch.of(
        times,
        severities,
        ordinals,
        streams,
        (message == null) ? ConstantColumn.empty(Field.MESSAGE) : message,
        fields);
  }

  /** The merged column; null if it has no value. */
  private @Nullable Column column(String name) {
    Column[] columns = new Column[batches.size()];
    boolean few = true;
    for (int b = 0; b < columns.length; b++) {
      columns[b] = batches.get(b).column(name);
      few &= columns[b] instanceof DictionaryColumn || columns[b] instanceof ConstantColumn;
    }
    Column codes = few ? codes(name, columns) : null;
    if (codes != null) {
      return ((DictionaryColumn) codes).cardinality() == 1 ? null : codes;
    }
    ArenaColumn texts = texts(name, columns);
    return (texts.textBytes() == 0) ? null : texts;
  }

  /** A column with a dictionary; null if there are too many values. */
  private @Nullable DictionaryColumn codes(String name, Column[] columns) {
    ValueDictionary dictionary = new ValueDictionary(name);
    int[][] known = new int[columns.length][]; // the new code + 1 of each old one
    byte[] codes = new byte[rows.length];
    int row = 0;
    for (int run = 0; run < runsLength; run += 2) {
      int b = runs[run];
      Column column = columns[b];
      int[] own = known[b];
      if (own == null) {
        own = new int[ValueDictionary.MAX_ENTRIES];
        known[b] = own;
      }
      byte[] old = (column instanceof DictionaryColumn some) ? some.codes() : null;
      for (; row < runs[run + 1]; row++) {
        int code = (old == null) ? 0 : old[rows[row]] & 0xff;
        if (own[code] == 0) {
          int added = code(dictionary, column, rows[row]);
          if (added < 0) {
            return null;
          }
          own[code] = added + 1;
        }
        codes[row] = (byte) (own[code] - 1);
      }
    }
    return new DictionaryColumn(dictionary.entries(), dictionary.count(), codes);
  }

  private static int code(ValueDictionary dictionary, Column column, int row) {
    int from = column.start(row);
    int to = column.end(row);
    if (from == to) {
      return 0;
    }
    int code = dictionary.find(column.bytes(), from, to);
    if (code == 0) {
      code = dictionary.add(column.bytes(), from, to);
    }
    return (code == 0) ? -1 : code;
  }

  private ArenaColumn texts(String name, Column[] columns) {
    int[] ends = new int[rows.length];
    int length = 0;
    int row = 0;
    for (int run = 0; run < runsLength; run += 2) {
      Column column = columns[runs[run]];
      for (; row < runs[run + 1]; row++) {
        length += column.end(rows[row]) - column.start(rows[row]);
        ends[row] = length;
      }
    }
    byte[] arena = new byte[length];
    int at = 0;
    row = 0;
    for (int run = 0; run < runsLength; run += 2) {
      Column column = columns[runs[run]];
      byte[] bytes = column.bytes();
      for (; row < runs[run + 1]; row++) {
        System.arraycopy(bytes, column.start(rows[row]), arena, at, ends[row] - at);
        at = ends[row];
      }
    }
    return new ArenaColumn(name, arena, ends, rows.length);
  }
}
