package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes fields out of a logfmt line. */
public record UnpackLogfmtPipe(
    @Nullable Filter condition,
    String field,
    List<FieldPattern> fields,
    String resultPrefix,
    Overwrite overwrite)
    implements Pipe {

  public UnpackLogfmtPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("unpack_logfmt");
    Pipe.condition(out, condition);
    Pipe.from(out, field);
    Pipe.fields(out, fields);
    Pipe.resultPrefix(out, resultPrefix);
    overwrite.print(out);
  }
}
