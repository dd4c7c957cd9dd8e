package io.logcaster.query.ast;

import java.util.List;

/** Renames fields. */
public record RenamePipe(List<Renaming> renamings) implements RowPipe {

  public RenamePipe {
    renamings = List.copyOf(renamings);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("rename ");
    Renaming.print(out, renamings);
  }
}
