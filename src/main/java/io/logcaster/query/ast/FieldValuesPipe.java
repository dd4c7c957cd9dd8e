package io.logcaster.query.ast;

/**
 * Replaces rows by the values of a field that contain a text, with the number of rows of each;
 * limit 0 for all.
 */
public record FieldValuesPipe(String field, String filter, long limit) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.of(field)).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("field_values ");
    Text.quote(out, field);
    Pipe.filter(out, filter);
    Pipe.limit(out, limit);
  }
}
