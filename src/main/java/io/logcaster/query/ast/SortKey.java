package io.logcaster.query.ast;

import java.util.List;

/** A field to sort by. */
public record SortKey(String field, boolean descending) {

  static void print(StringBuilder out, List<SortKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    out.append(" by (");
    String separator = "";
    for (SortKey key : keys) {
      out.append(separator);
      Text.quote(out, key.field);
      out.append(key.descending ? " desc" : "");
      separator = ", ";
    }
    out.append(')');
  }
}
