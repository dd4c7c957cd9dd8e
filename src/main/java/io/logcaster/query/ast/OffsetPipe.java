package io.logcaster.query.ast;

/** Leaves out the first rows. */
public record OffsetPipe(long offset) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.cuts();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("offset ").append(offset);
  }
}
