package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row out of each item of JSON arrays. */
public record UnrollPipe(@Nullable Filter condition, List<String> fields) implements Pipe {

  public UnrollPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("unroll");
    Pipe.condition(out, condition);
    out.append(" by (");
    Text.quoteAll(out, fields, ", ");
    out.append(')');
  }
}
