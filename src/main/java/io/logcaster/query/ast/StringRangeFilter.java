package io.logcaster.query.ast;

/** Values from a text, included, to another, excluded, by their bytes. */
public record StringRangeFilter(String field, String min, String max) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("string_range(");
    Text.quote(out, min);
    out.append(", ");
    Text.quote(out, max);
    out.append(')');
  }
}
