package io.logcaster.query.ast;

/** The names of the fields, if they contain a text, with the number of rows that have them. */
public record FieldNamesPipe(String filter, String result) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("field_names");
    Pipe.filter(out, filter);
    if (!result.equals("name")) {
      Pipe.as(out, result);
    }
  }
}
