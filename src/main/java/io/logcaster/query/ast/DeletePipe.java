package io.logcaster.query.ast;

import java.util.List;

/** Removes fields. */
public record DeletePipe(List<FieldPattern> fields) implements RowPipe {

  public DeletePipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.selects(FieldNeeds.EVERYTHING);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("delete ");
    FieldPattern.print(out, fields);
  }
}
