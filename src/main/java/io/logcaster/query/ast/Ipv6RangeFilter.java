package io.logcaster.query.ast;

import io.logcaster.query.value.Ipv6;

/** Values that are IPv6 addresses within bounds, both included. */
public record Ipv6RangeFilter(String field, Ipv6 min, Ipv6 max) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("ipv6_range(\"").append(min).append("\", \"").append(max).append("\")");
  }
}
