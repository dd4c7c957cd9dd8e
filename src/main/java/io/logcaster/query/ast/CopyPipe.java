package io.logcaster.query.ast;

import java.util.List;

/** Copies fields. */
public record CopyPipe(List<Renaming> renamings) implements RowPipe {

  public CopyPipe {
    renamings = List.copyOf(renamings);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("copy ");
    Renaming.print(out, renamings);
  }
}
