package io.logcaster.query.ast;

/** The values of a field with the number of rows that have them; limit 0 for all. */
public record FieldValuesPipe(String field, long limit) implements Pipe {

  @Override
  public void print(StringBuilder out) {
    out.append("field_values ");
    Text.quote(out, field);
    Pipe.limit(out, limit);
  }
}
