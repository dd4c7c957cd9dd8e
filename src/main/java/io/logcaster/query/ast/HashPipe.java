package io.logcaster.query.ast;

/** Adds the hash of a field's value. */
public record HashPipe(String field, String result) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("hash(");
    Text.quote(out, field);
    out.append(')');
    Pipe.result(out, result);
  }
}
