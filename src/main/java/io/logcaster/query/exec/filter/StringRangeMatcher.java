package io.logcaster.query.exec.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values from a text, included, to another, excluded. */
final class StringRangeMatcher extends ValueMatcher {

  private final byte[] min;

  private final byte[] max;

  StringRangeMatcher(String min, String max) {
    this.min = min.getBytes(StandardCharsets.UTF_8);
    this.max = max.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return Arrays.compareUnsigned(bytes, from, to, min, 0, min.length) >= 0
        && Arrays.compareUnsigned(bytes, from, to, max, 0, max.length) < 0;
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY * 2;
  }
}
