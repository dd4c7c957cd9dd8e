package io.logcaster.storage.segment.file;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the columns that the rows of a block have together. Writing a block takes each of its
 * columns through all of its rows, so that many names, as senders make that put data into names,
 * need blocks of fewer rows.
 */
final class BlockColumns {

  /**
   * Rows times columns of a block: a thousand columns in a block of the most rows, which takes a
   * second to write.
   */
  static final long MAX_CELLS = 1L << 26;

  /** The numbers of the columns of each batch. */
  private final int[][] columnsOf;

  /** The block that each batch, and each column, was last met in. */
  private final int[] batchMet;

  private final int[] columnMet;

  private int block = 1;
  private long columns;

  private BlockColumns(int[][] columnsOf, int names) {
    this.columnsOf = columnsOf;
    this.batchMet = new int[columnsOf.length];
    this.columnMet = new int[names];
  }

  /** Null where all columns of all batches are few enough for any block. */
  static @Nullable BlockColumns of(List<RecordBatch> batches, int rows) {
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> columnsOf = new ArrayList<>(batches.size());
    for (RecordBatch batch : batches) {
      List<String> names = batch.fieldNames();
      int[] columns = new int[names.size()];
      Arrays.setAll(
          columns, (i) -> numbers.computeIfAbsent(names.get(i), (name) -> numbers.size()));
      columnsOf.add(columns);
    }
    return ((long) numbers.size() * Math.min(rows, SegmentFormat.BLOCK_ROWS) <= MAX_CELLS)
        ? null
        : new BlockColumns(columnsOf.toArray(int[][]::new), numbers.size());
  }

  /** Begins another block. */
  void begin() {
    block++;
    columns = 0;
  }

  /** Adds a row of a batch; whether the block may have that many rows with its columns. */
  boolean add(int batch, long rows) {
    if (batchMet[batch] != block) {
      batchMet[batch] = block;
      for (int column : columnsOf[batch]) {
        if (columnMet[column] != block) {
          columnMet[column] = block;
          columns++;
        }
      }
    }
    return rows * columns <= MAX_CELLS;
  }
}
