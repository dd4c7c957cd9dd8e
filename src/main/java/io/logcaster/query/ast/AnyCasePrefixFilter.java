package io.logcaster.query.ast;

/** As {@link PrefixFilter}, whatever the case of the letters: {@code i(err*)}. */
public record AnyCasePrefixFilter(String field, String prefix) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("i(");
    if (!prefix.isEmpty()) {
      Text.quote(out, prefix);
    }
    out.append("*)");
  }
}
