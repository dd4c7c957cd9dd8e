package io.logcaster.query.ast;

/** Values in which a regular expression (RE2) matches: {@code ~"err|warn"}. */
public record RegexpFilter(String field, String pattern) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append('~');
    Text.quote(out, pattern);
  }
}
