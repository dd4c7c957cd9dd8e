package io.logcaster.query.ast;

/** Where a pipe gets other rows from. */
public sealed interface RowSource permits InlineRows, Query {

  /** Appends the canonical text as it stands in a pipe. */
  static void print(StringBuilder out, RowSource source) {
    switch (source) {
      case Query query -> {
        out.append('(');
        query.print(out);
        out.append(')');
      }
      case InlineRows rows -> rows.print(out);
    }
  }
}
