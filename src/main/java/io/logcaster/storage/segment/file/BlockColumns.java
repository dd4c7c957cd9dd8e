package io.logcaster.storage.segment.file;

import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the distinct columns of a block's rows. Writing a block processes every row for every
 * column, so blocks with many columns, as from senders that put data into field names, must have
 * fewer rows.
 */
final class BlockColumns {

  /**
   * The maximum of rows times columns in a block: a thousand columns in a block of the most rows,
   * which takes a second to write.
   */
  static final long MAX_CELLS = 1L << 26;

  /** The column numbers of each batch. */
  private final int[][] columnsOf;

  /** The block in which each batch was last seen; {@link #columnMet} the same for each column. */
  private final int[] batchMet;

  private final int[] columnMet;

  private int block = 1;
  private long columns;

  private BlockColumns(int[][] columnsOf, int names) {
    this.columnsOf = columnsOf;
    this.batchMet = new int[columnsOf.length];
    this.columnMet = new int[names];
  }

  /** Returns null if the batches have so few columns that blocks need no limit. */
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

  /** Starts the next block. */
  void begin() {
    block++;
    columns = 0;
  }

  /**
   * Adds a row of a batch. Returns whether the block may have {@code rows} rows with its columns.
   */
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
