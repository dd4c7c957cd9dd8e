package io.logcaster.query.ast;

import io.logcaster.query.value.Durations;
import io.logcaster.record.Field;

/** Adds a duration, in nanoseconds, to the time in a field. */
public record TimeAddPipe(long nanos, String field) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps(FieldNeeds.of(field));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("time_add ").append(Durations.format(nanos));
    if (!field.equals(Field.TIME)) {
      out.append(" at ");
      Text.quote(out, field);
    }
  }
}
