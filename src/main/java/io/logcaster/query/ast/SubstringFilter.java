package io.logcaster.query.ast;

/** Values that contain a text, without regard to words: {@code *oba*}. */
public record SubstringFilter(String field, String text) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append('*');
    Text.quote(out, text);
    out.append('*');
  }
}
