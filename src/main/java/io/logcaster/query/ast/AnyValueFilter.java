package io.logcaster.query.ast;

/** Values that are not empty: {@code host:*}. */
public record AnyValueFilter(String field) implements Filter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append('*');
  }
}
