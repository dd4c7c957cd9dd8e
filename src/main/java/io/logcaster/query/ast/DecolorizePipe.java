package io.logcaster.query.ast;

import io.logcaster.record.Field;

/** Removes terminal colours from a field. */
public record DecolorizePipe(String field) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("decolorize");
    if (!field.equals(Field.MESSAGE)) {
      out.append(' ');
      Text.quote(out, field);
    }
  }
}
