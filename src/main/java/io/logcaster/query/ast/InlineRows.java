package io.logcaster.query.ast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that are written in the query: <code>rows({app:"x", n:1})</code>. */
public record InlineRows(List<Map<String, String>> rows) implements RowSource {

  public InlineRows {
    List<Map<String, String>> copies = new ArrayList<>();
    rows.forEach((row) -> copies.add(new LinkedHashMap<>(row)));
    rows = List.copyOf(copies);
  }

  void print(StringBuilder out) {
    out.append("rows(");
    String separator = "";
    for (Map<String, String> row : rows) {
      out.append(separator).append('{');
      String comma = "";
      for (Map.Entry<String, String> field : row.entrySet()) {
        out.append(comma);
        Text.quote(out, field.getKey());
        out.append(':');
        Text.quote(out, field.getValue());
        comma = ",";
      }
      out.append('}');
      separator = ", ";
    }
    out.append(')');
  }
}
