package io.logcaster.query.ast;

import org.jspecify.annotations.Nullable;

/** Replaces numbers by {@code <N>}. */
public record CollapseNumsPipe(@Nullable Filter condition, String field, boolean prettify)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("collapse_nums");
    Pipe.condition(out, condition);
    Pipe.at(out, field);
    if (prettify) {
      out.append(" prettify");
    }
  }
}
