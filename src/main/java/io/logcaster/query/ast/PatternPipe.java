package io.logcaster.query.ast;

/**
 * Adds the template of each record's message, and its id in a second field.
 *
 * @param result the field of the template
 */
public record PatternPipe(String result) implements RowPipe {

  /** The field of the id, by which {@code /api/v1/templates} knows the template. */
  public String idField() {
    return result + "_id";
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("pattern");
    if (!result.equals("_pattern")) {
      Pipe.as(out, result);
    }
  }
}
