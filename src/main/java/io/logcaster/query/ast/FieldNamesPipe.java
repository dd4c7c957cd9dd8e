package io.logcaster.query.ast;

/** The names of the fields with the number of rows that have them. */
public record FieldNamesPipe(String result) implements Pipe {

  @Override
  public void print(StringBuilder out) {
    out.append("field_names");
    if (!result.equals("name")) {
      Pipe.as(out, result);
    }
  }
}
