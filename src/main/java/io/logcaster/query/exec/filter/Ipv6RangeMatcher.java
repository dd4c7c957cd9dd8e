package io.logcaster.query.exec.filter;

import io.logcaster.query.value.Ipv6;

/** Values that are IPv6 addresses within bounds. */
final class Ipv6RangeMatcher extends ValueMatcher {

  private final Ipv6 min;

  private final Ipv6 max;

  Ipv6RangeMatcher(Ipv6 min, Ipv6 max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    Ipv6 address = Ipv6.parse(bytes, from, to);
    return address != null && address.compareTo(min) >= 0 && address.compareTo(max) <= 0;
  }
}
