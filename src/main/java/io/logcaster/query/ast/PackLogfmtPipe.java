package io.logcaster.query.ast;

import java.util.List;

/** Packs fields into a logfmt line. */
public record PackLogfmtPipe(List<FieldPattern> fields, String result) implements RowPipe {

  public PackLogfmtPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("pack_logfmt");
    Pipe.fields(out, fields);
    Pipe.result(out, result);
  }
}
