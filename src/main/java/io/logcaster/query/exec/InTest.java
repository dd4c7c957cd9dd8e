package io.logcaster.query.exec;

import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.List;

/** Values equal to one of many. */
final class InTest extends ValueTest {

  /**
   * Up to this many values, asking a block's index for each of them is cheaper than reading the
   * block.
   */
  private static final int MAX_INDEXED = 64;

  private final ValueIds values = new ValueIds();

  private final List<long[]> words;

  InTest(List<byte[]> values) {
    for (byte[] value : values) {
      this.values.id(value, 0, value.length);
    }
    words =
        (values.size() > MAX_INDEXED)
            ? List.of()
            : values.stream().map((value) -> words(value, true, true)).toList();
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return values.find(bytes, from, to) >= 0;
  }

  @Override
  boolean mayMatch(ColumnSummary summary) {
    if (words.isEmpty()) {
      return values.size() > 0;
    }
    for (long[] value : words) {
      if (mayContainAll(summary, value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  int cost() {
    return RowTest.EQUALITY * 2;
  }
}
