package io.logcaster.query.ast;

/** Joins the items of a JSON array into a text. */
public record JsonArrayConcatPipe(String separator, String field, String result)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps(FieldNeeds.of(field));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("json_array_concat ");
    Text.alwaysQuote(out, separator);
    Pipe.from(out, field);
    if (!result.equals(field)) {
      Pipe.as(out, result);
    }
  }
}
