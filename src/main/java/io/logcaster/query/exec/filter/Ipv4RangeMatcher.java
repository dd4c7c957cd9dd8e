package io.logcaster.query.exec.filter;

import io.logcaster.query.value.Ipv4;

/** Values that are IPv4 addresses within bounds. */
final class Ipv4RangeMatcher extends ValueMatcher {

  private final long min;

  private final long max;

  Ipv4RangeMatcher(long min, long max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    long address = Ipv4.parse(bytes, from, to);
    return address != Ipv4.INVALID && address >= min && address <= max;
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY * 2;
  }
}
