package io.logcaster.query.ast;

/** Values by their length in characters, both bounds included. */
public record LengthRangeFilter(String field, long min, long max, String text)
    implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("len_range").append(text);
  }
}
