package io.logcaster.query.ast;

/**
 * Replaces rows by the names of their fields that contain a text, with the number of rows that have
 * each.
 */
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
