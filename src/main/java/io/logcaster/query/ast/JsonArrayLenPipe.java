package io.logcaster.query.ast;

/** Adds the number of items of a JSON array. */
public record JsonArrayLenPipe(String field, String result) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("json_array_len(");
    Text.quote(out, field);
    out.append(')');
    Pipe.result(out, result);
  }
}
