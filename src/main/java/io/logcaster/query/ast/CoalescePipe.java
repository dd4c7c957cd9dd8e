package io.logcaster.query.ast;

import java.util.List;

/**
 * Sets a field to the first value that is not empty.
 *
 * @param otherwise the value where all are empty
 */
public record CoalescePipe(List<FieldPattern> fields, String otherwise, String result)
    implements RowPipe {

  public CoalescePipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps(FieldNeeds.of(fields));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("coalesce(");
    FieldPattern.print(out, fields);
    out.append(')');
    if (!otherwise.isEmpty()) {
      out.append(" default ");
      Text.quote(out, otherwise);
    }
    Pipe.result(out, result);
  }
}
