package io.logcaster.query.ast;

import java.util.List;

/** JSON arrays that have one of several texts as an element. */
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
