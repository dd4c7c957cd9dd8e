package io.logcaster.query.ast;

import org.jspecify.annotations.Nullable;

/** Replaces a text; limit 0 for all places. */
public record ReplacePipe(
    @Nullable Filter condition, String from, String to, String field, long limit)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("replace");
    Pipe.replacement(out, condition, from, to, field, limit);
  }
}
