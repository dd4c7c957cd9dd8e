package io.logcaster.query.ast;

/** Keeps the rows that pass a filter. */
public record FilterPipe(Filter filter) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.selects(FieldNeeds.of(filter));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("filter ");
    filter.print(out);
  }
}
