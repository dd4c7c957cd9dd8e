package io.logcaster.query.ast;

/** Values that contain a phrase whose last word is a prefix: {@code err*}. */
public record PrefixFilter(String field, String prefix) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    Text.quote(out, prefix);
    out.append('*');
  }
}
