package io.logcaster.query.ast;

import java.util.List;

/** Keeps the given fields and removes all others. */
public record FieldsPipe(List<FieldPattern> fields) implements RowPipe {

  public FieldsPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.selects(FieldNeeds.of(fields)).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("fields ");
    FieldPattern.print(out, fields);
  }
}
