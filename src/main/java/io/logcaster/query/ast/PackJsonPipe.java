package io.logcaster.query.ast;

import java.util.List;

/** Packs fields into a JSON object. */
public record PackJsonPipe(List<FieldPattern> fields, String result) implements RowPipe {

  public PackJsonPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("pack_json");
    Pipe.fields(out, fields);
    Pipe.result(out, result);
  }
}
