package io.logcaster.query.ast;

/** A source of further rows for a pipe: a subquery, or rows in the query. */
public sealed interface RowSource permits InlineRows, Query {

  /** Appends the canonical text as it is written in a pipe. */
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
