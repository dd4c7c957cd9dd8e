package io.logcaster.query.ast;

import io.logcaster.query.value.Ipv4;

/** Values that are IPv4 addresses within bounds, both included. */
public record Ipv4RangeFilter(String field, long min, long max) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("ipv4_range(")
        .append(Ipv4.format(min))
        .append(", ")
        .append(Ipv4.format(max))
        .append(')');
  }
}
