package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets the stream of a row to some of its fields. */
public record SetStreamFieldsPipe(@Nullable Filter condition, List<FieldPattern> fields)
    implements RowPipe {

  public SetStreamFieldsPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("set_stream_fields");
    Pipe.condition(out, condition);
    out.append(' ');
    FieldPattern.print(out, fields);
  }
}
