package io.logcaster.query.ast;

/** At most some rows. */
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
