package io.logcaster.query.ast;

/** Replaces rows by what the storage keeps of each field in each block. */
public record BlockStatsPipe() implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("block_stats");
  }
}
