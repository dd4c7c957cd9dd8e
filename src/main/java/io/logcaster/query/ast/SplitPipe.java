package io.logcaster.query.ast;

/** Splits a field into a JSON array. */
public record SplitPipe(String separator, String field, String result) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps(FieldNeeds.of(field));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("split ");
    Text.alwaysQuote(out, separator);
    Pipe.from(out, field);
    if (!result.equals(field)) {
      Pipe.as(out, result);
    }
  }
}
