package io.logcaster.query.ast;

import org.jspecify.annotations.Nullable;

/** Formats fields into one field by a pattern. */
public record FormatPipe(
    @Nullable Filter condition, String pattern, String result, Overwrite overwrite)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("format");
    Pipe.condition(out, condition);
    out.append(' ');
    Text.alwaysQuote(out, pattern);
    Pipe.result(out, result);
    overwrite.print(out);
  }
}
