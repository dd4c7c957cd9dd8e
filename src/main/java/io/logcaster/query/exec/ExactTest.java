package io.logcaster.query.exec;

import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;

/** Values equal to a text. */
final class ExactTest extends ValueTest {

  private final byte[] value;

  private final long[] words;

  ExactTest(String value) {
    this.value = value.getBytes(StandardCharsets.UTF_8);
    words = words(this.value, true, true);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return isEqual(value, bytes, from, to);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return value.length > 0 && mayContainAll(values, words);
  }

  @Override
  int cost() {
    return RowTest.EQUALITY;
  }
}
