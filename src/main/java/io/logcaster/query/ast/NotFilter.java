package io.logcaster.query.ast;

/** Records that a filter does not select: {@code !a}. */
public record NotFilter(Filter filter) implements Filter {

  @Override
  public void print(StringBuilder out) {
    out.append('!');
    Filter.printNested(out, filter, filter instanceof OrFilter || filter instanceof AndFilter);
  }
}
