package io.logcaster.query.ast;

/** Values that read as a number within bounds: {@code range[1, 10)}. */
public record RangeFilter(
    String field, double min, boolean minIncluded, double max, boolean maxIncluded, String text)
    implements Filter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("range").append(text);
  }
}
