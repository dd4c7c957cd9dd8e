package io.logcaster.query.ast;

/** Values whose measure is within bounds: {@code range[1, 10)}. */
public record RangeFilter(
    String field, String min, boolean minIncluded, String max, boolean maxIncluded)
    implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("range")
        .append(minIncluded ? '[' : '(')
        .append(min)
        .append(", ")
        .append(max)
        .append(maxIncluded ? ']' : ')');
  }
}
