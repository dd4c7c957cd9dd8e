package io.logcaster.query.exec.frame;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesEncoder;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.Arrays;

/** The streams of records as text: their fields or their identities, each created once. */
final class StreamColumn extends Column {

  private final ArenaColumn entries;

  private final int cardinality;

  private final int[] codes;

  StreamColumn(String name, RecordBatch batch) {
    super(name);
    codes = new int[batch.size()];
    int[] known = new int[batch.streamCount()];
    Arrays.fill(known, -1);
    ByteBuilder text = new ByteBuilder(64);
    int[] ends = new int[Math.min(batch.size(), batch.streamCount())];
    int count = 0;
    for (int row = 0; row < codes.length; row++) {
      int ordinal = batch.streamOrdinal(row);
      if (known[ordinal] < 0) {
        Stream stream = batch.stream(ordinal);
        text.append(name.equals(Field.STREAM) ? stream.canonical() : stream.id());
        ends[count] = text.length();
        known[ordinal] = count++;
      }
      codes[row] = known[ordinal];
    }
    cardinality = count;
    entries = new ArenaColumn(name, text.array(), ends, count);
  }

  @Override
  public byte[] bytes() {
    return entries.bytes();
  }

  @Override
  public int start(int row) {
    return entries.start(codes[row]);
  }

  @Override
  public int end(int row) {
    return entries.end(codes[row]);
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    Bitmap passing = Bitmap.all(cardinality);
    entries.retain(passing, predicate);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (!passing.get(codes[row])) {
        rows.clear(row);
      }
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] numbers) {
    int[] encoded = new int[cardinality];
    boolean[] known = new boolean[cardinality];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int entry = codes[row];
      if (!known[entry]) {
        known[entry] = true;
        encoded[entry] = encoder.encode(entries.bytes(), entries.start(entry), entries.end(entry));
      }
      numbers[row] = encoded[entry];
    }
  }

  @Override
  public String type() {
    return (cardinality == 1) ? "const" : "dict";
  }

  @Override
  public long memoryBytes() {
    return entries.memoryBytes() + 4L * codes.length;
  }
}
