package io.logcaster.query.exec.frame;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.BytesMapper;
import org.jspecify.annotations.Nullable;

/** Numbers the values of one field to group by. Not thread-safe. */
public abstract class KeyColumn {

  /** How many values there are. */
  abstract int size();

  /** Stores the number of each selected row's value in {@code codes}. */
  abstract void encode(Frame frame, Bitmap rows, int[] codes);

  /** Adds the values of another worker; returns the number here of each value there. */
  abstract int[] merge(KeyColumn other);

  /** Appends the text of a value. */
  abstract void print(int id, ByteBuilder target);

  /** The number of a value that {@link #print} gave elsewhere, which is added if it is new. */
  abstract int load(byte[] value);

  abstract long memoryBytes();

  /** Numbers values as they are, or as a function rounds them. */
  public static final class Values extends KeyColumn {

    private final String field;

    private final @Nullable BytesMapper rounding;

    private final ValueIds ids = new ValueIds();

    private final ByteBuilder rounded = new ByteBuilder(32);

    public Values(String field, @Nullable BytesMapper rounding) {
      this.field = field;
      this.rounding = rounding;
    }

    @Override
    int size() {
      return ids.size();
    }

    @Override
    void encode(Frame frame, Bitmap rows, int[] codes) {
      frame.column(field).encode(rows, (rounding == null) ? ids::id : this::roundedId, codes);
    }

    private int roundedId(byte[] bytes, int from, int to) {
      BytesMapper mapper = rounding;
      if (mapper == null) {
        return ids.id(bytes, from, to);
      }
      rounded.truncate(0);
      mapper.map(bytes, from, to, rounded);
      return ids.id(rounded.array(), 0, rounded.length());
    }

    @Override
    int[] merge(KeyColumn other) {
      ValueIds theirs = ((Values) other).ids;
      int[] mapping = new int[theirs.size()];
      for (int id = 0; id < mapping.length; id++) {
        mapping[id] = ids.id(theirs.array(), theirs.start(id), theirs.end(id));
      }
      return mapping;
    }

    @Override
    void print(int id, ByteBuilder target) {
      target.append(ids.array(), ids.start(id), ids.end(id));
    }

    @Override
    int load(byte[] value) {
      return ids.id(value, 0, value.length);
    }

    @Override
    long memoryBytes() {
      return ids.memoryBytes();
    }
  }
}
