package io.logcaster.query.ast;

/** Adds the rows of another query. */
public record UnionPipe(QueryTree query) implements Pipe {

  @Override
  public void print(StringBuilder out) {
    out.append("union (");
    query.print(out);
    out.append(')');
  }
}
