package io.logcaster.query.ast;

/** Replaces rows by the number of blocks that they come from. */
public record BlocksCountPipe(String result) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("blocks_count");
    Pipe.as(out, result);
  }
}
