package io.logcaster.query.ast;

/** Values that the storage keeps in a column of a type: {@code value_type(dict)}. */
public record ValueTypeFilter(String field, String type) implements Filter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("value_type(");
    Text.quote(out, type);
    out.append(')');
  }
}
