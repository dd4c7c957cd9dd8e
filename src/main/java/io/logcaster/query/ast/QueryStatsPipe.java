package io.logcaster.query.ast;

/** Replaces rows by one row that says what running the query cost. */
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
