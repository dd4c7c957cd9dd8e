package io.logcaster.query.ast;

/** Adds the length of a field's value in bytes. */
public record LenPipe(String field, String result) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("len(");
    Text.quote(out, field);
    out.append(')');
    Pipe.result(out, result);
  }
}
