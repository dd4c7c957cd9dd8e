package io.logcaster.query.ast;

/** Adds the rows of another source. */
public record UnionPipe(RowSource source) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("union ");
    RowSource.print(out, source);
  }
}
