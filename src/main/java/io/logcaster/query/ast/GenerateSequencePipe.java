package io.logcaster.query.ast;

/** Replaces rows by rows whose messages are the numbers from 0 on. */
public record GenerateSequencePipe(long count) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.NOTHING).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("generate_sequence ").append(count);
  }
}
