package io.logcaster.query.ast;

/** Values equal to a text: {@code level:=ERROR}. */
public record ExactFilter(String field, String value) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append('=');
    Text.quote(out, value);
  }
}
