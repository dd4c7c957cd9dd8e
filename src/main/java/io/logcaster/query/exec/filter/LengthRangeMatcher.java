package io.logcaster.query.exec.filter;

/** Values by their length in characters. */
final class LengthRangeMatcher extends ValueMatcher {

  private final long min;

  private final long max;

  LengthRangeMatcher(long min, long max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    if (to - from < min) {
      return false;
    }
    int length = 0;
    for (int i = from; i < to; i++) {
      // Every byte but the later ones of a character.
      length += ((bytes[i] & 0xC0) != 0x80) ? 1 : 0;
    }
    return length >= min && length <= max;
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY * 2;
  }
}
