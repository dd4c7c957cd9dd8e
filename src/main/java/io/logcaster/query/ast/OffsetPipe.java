package io.logcaster.query.ast;

/** Skips a number of rows. */
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
