package io.logcaster.query.ast;

/** Values that begin with a text: {@code path:="/api/"*}. */
public record ExactPrefixFilter(String field, String prefix) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append('=');
    Text.quote(out, prefix);
    out.append('*');
  }
}
