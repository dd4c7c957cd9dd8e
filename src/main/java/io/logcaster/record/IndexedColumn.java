package io.logcaster.record;

import java.util.Arrays;

/** A column in which rows share values: each row holds the index of its value. */
public final class IndexedColumn extends Column {

  private final ArenaColumn entries;

  private final int count;

  private final int[] indexes;

  /**
   * Wraps arrays, which now belong to the column.
   *
   * @param entries the values
   * @param count the number of values
   * @param indexes for each row, the index of its value
   */
  public IndexedColumn(ArenaColumn entries, int count, int[] indexes) {
    super(entries.name());
    this.entries = entries;
    this.count = count;
    this.indexes = indexes;
  }

  @Override
  public byte[] bytes() {
    return entries.bytes();
  }

  @Override
  public int start(int row) {
    return entries.start(indexes[row]);
  }

  @Override
  public int end(int row) {
    return entries.end(indexes[row]);
  }

  /** The values of selected rows. */
  private Bitmap used(Bitmap rows) {
    Bitmap used = Bitmap.none(count);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      used.set(indexes[row]);
    }
    return used;
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    Bitmap kept = used(rows);
    entries.retain(kept, predicate);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!kept.get(indexes[row])) {
        rows.clear(row);
      }
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    int[] known = new int[count];
    entries.encode(used(rows), encoder, known);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      codes[row] = known[indexes[row]];
    }
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    double[] known = new double[count];
    entries.measure(used(rows), function, known);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      numbers[row] = known[indexes[row]];
    }
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    ArenaColumn mapped = (ArenaColumn) entries.map(name, used(rows), mapper);
    return new IndexedColumn(mapped, count, indexes);
  }

  @Override
  public Column pick(int[] rows) {
    int[] picked = new int[rows.length];
    Arrays.setAll(picked, (i) -> indexes[rows[i]]);
    return new IndexedColumn(entries, count, picked);
  }

  @Override
  public long memoryBytes() {
    return entries.memoryBytes() + 4L * indexes.length;
  }
}
