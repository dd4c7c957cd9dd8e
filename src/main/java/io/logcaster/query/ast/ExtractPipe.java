package io.logcaster.query.ast;

import org.jspecify.annotations.Nullable;

/** Extracts parts of a field by a pattern such as {@code ip=<ip> }. */
public record ExtractPipe(
    @Nullable Filter condition, String pattern, String field, Overwrite overwrite)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("extract");
    Pipe.condition(out, condition);
    out.append(' ');
    Text.alwaysQuote(out, pattern);
    Pipe.from(out, field);
    overwrite.print(out);
  }
}
