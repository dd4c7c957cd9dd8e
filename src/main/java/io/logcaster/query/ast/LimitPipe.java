package io.logcaster.query.ast;

/** Keeps a number of rows. */
public record LimitPipe(long limit) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.cuts();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("limit ").append(limit);
  }
}
