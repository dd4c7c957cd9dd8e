package io.logcaster.query.ast;

import java.util.List;

/** Values that are JSON arrays with one of some texts among their elements. */
public record JsonArrayFilter(String field, List<String> values) implements ValueFilter {

  public JsonArrayFilter {
    values = List.copyOf(values);
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("json_array_contains_any(");
    Text.quoteAll(out, values, ",");
    out.append(')');
  }
}
