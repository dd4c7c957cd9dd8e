package io.logcaster.query.ast;

/** Gives rows with the numbers from 0 on as messages, in place of the rows before. */
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
