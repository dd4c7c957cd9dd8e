package io.logcaster.record;

/** A column with few distinct values: each row holds the code of its value. */
public final class DictionaryColumn extends Column {

  private final ArenaColumn entries;

  private final int cardinality;

  private final byte[] codes;

  /**
   * Wraps arrays, which now belong to the column.
   *
   * @param entries the distinct values, at most 256; includes the empty value if a row lacks the
   *     field
   * @param cardinality the number of entries
   * @param codes for each row, the index of its entry, unsigned
   */
  public DictionaryColumn(ArenaColumn entries, int cardinality, byte[] codes) {
    super(entries.name());
    this.entries = entries;
    this.cardinality = cardinality;
    this.codes = codes;
  }

  /** The distinct values as a column of their own with {@link #cardinality()} rows. */
  public ArenaColumn entries() {
    return entries;
  }

  public int cardinality() {
    return cardinality;
  }

  /** For each row, the index of its entry, unsigned; not to be changed. */
  public byte[] codes() {
    return codes;
  }

  /** The entry of a row, an index into {@link #entries()}. */
  public int code(int row) {
    return codes[row] & 0xff;
  }

  @Override
  public byte[] bytes() {
    return entries.bytes();
  }

  @Override
  public int start(int row) {
    return entries.start(code(row));
  }

  @Override
  public int end(int row) {
    return entries.end(code(row));
  }

  @Override
  public Column pick(int[] rows) {
    return new DictionaryColumn(entries, cardinality, ArrayBatch.pick(codes, rows));
  }

  @Override
  public long textBytes(int rows) {
    int[] counts = new int[256];
    for (int row = 0; row < rows; row++) {
      counts[codes[row] & 0xff]++;
    }
    long length = 0;
    for (int entry = 0; entry < cardinality; entry++) {
      length += (long) counts[entry] * (entries.end(entry) - entries.start(entry));
    }
    return length;
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    boolean[] passes = new boolean[cardinality];
    boolean all = true;
    boolean any = false;
    for (int entry = 0; entry < cardinality; entry++) {
      passes[entry] = predicate.test(entries.bytes(), entries.start(entry), entries.end(entry));
      all &= passes[entry];
      any |= passes[entry];
    }
    if (!any) {
      rows.clear();
    } else if (!all) {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!passes[code(row)]) {
          rows.clear(row);
        }
      }
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    boolean[] known = new boolean[cardinality];
    int[] numbers = new int[cardinality];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int entry = code(row);
      if (!known[entry]) {
        known[entry] = true;
        numbers[entry] = encoder.encode(entries.bytes(), entries.start(entry), entries.end(entry));
      }
      codes[row] = numbers[entry];
    }
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    double[] read = new double[cardinality];
    entries.measure(Bitmap.all(cardinality), function, read);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      numbers[row] = read[code(row)];
    }
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    Column mapped = entries.map(name, Bitmap.all(cardinality), mapper);
    return new DictionaryColumn((ArenaColumn) mapped, cardinality, codes);
  }

  @Override
  public Column lengths(String name, Bitmap rows) {
    return map(name, rows, (bytes, from, to, target) -> target.append((long) (to - from)));
  }

  @Override
  public String type() {
    return "dict";
  }

  @Override
  public long memoryBytes() {
    return entries.memoryBytes() + codes.length;
  }
}
