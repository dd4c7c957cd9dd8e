package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A column with the same value in every row. The column of a field that a batch does not have is
 * constantly empty.
 */
public final class ConstantColumn extends Column {

  private static final byte[] NOTHING = new byte[0];

  private final byte[] value;

  public ConstantColumn(String name, byte[] value) {
    super(name);
    this.value = value;
  }

  public static ConstantColumn of(String name, String value) {
    return new ConstantColumn(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The column of a field that no row has. */
  public static ConstantColumn empty(String name) {
    return new ConstantColumn(name, NOTHING);
  }

  @Override
  public byte[] bytes() {
    return value;
  }

  @Override
  public int start(int row) {
    return 0;
  }

  @Override
  public int end(int row) {
    return value.length;
  }

  @Override
  public Column pick(int[] rows) {
    return this;
  }

  @Override
  public long textBytes(int rows) {
    return (long) rows * value.length;
  }

  @Override
  public void retain(Bitmap rows, BytesPredicate predicate) {
    if (!predicate.test(value, 0, value.length)) {
      rows.clear();
    }
  }

  @Override
  public void encode(Bitmap rows, BytesEncoder encoder, int[] codes) {
    Arrays.fill(codes, encoder.encode(value, 0, value.length));
  }

  @Override
  public void measure(Bitmap rows, BytesToDouble function, double[] numbers) {
    Arrays.fill(numbers, function.applyAsDouble(value, 0, value.length));
  }

  @Override
  public Column map(String name, Bitmap rows, BytesMapper mapper) {
    ByteBuilder target = new ByteBuilder(value.length);
    mapper.map(value, 0, value.length, target);
    return new ConstantColumn(name, target.toByteArray());
  }

  @Override
  public Column lengths(String name, Bitmap rows) {
    return of(name, Integer.toString(value.length));
  }

  @Override
  public String type() {
    return "const";
  }

  @Override
  public long memoryBytes() {
    return value.length;
  }
}
