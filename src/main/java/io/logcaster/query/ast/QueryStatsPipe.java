package io.logcaster.query.ast;

/** Gives one row that tells what running the query took, in place of the rows before. */
public record QueryStatsPipe() implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.NOTHING).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("query_stats");
  }
}
