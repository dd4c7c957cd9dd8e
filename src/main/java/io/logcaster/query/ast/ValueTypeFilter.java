package io.logcaster.query.ast;

/** Values of blocks in which all values of the field are of a type: {@code value_type(dict)}. */
public record ValueTypeFilter(String field, String type) implements Filter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("value_type(");
    Text.quote(out, type);
    out.append(')');
  }
}
