package io.logcaster.query.ast;

/** Every record: {@code *}. */
public record AllFilter() implements Filter {

  @Override
  public void print(StringBuilder out) {
    out.append('*');
  }
}
