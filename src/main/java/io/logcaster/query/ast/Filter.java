package io.logcaster.query.ast;

/** Selects records. */
public sealed interface Filter
    permits AllFilter,
        AndFilter,
        AnyFieldFilter,
        DayRangeFilter,
        FieldCompareFilter,
        NotFilter,
        OrFilter,
        StreamFilter,
        StreamIdFilter,
        TimeFilter,
        ValueFilter,
        ValueTypeFilter,
        WeekRangeFilter {

  /** Appends the canonical text. */
  void print(StringBuilder out);

  /** The canonical text. */
  default String canonical() {
    StringBuilder out = new StringBuilder();
    print(out);
    return out.toString();
  }

  /** Appends a filter, in parentheses if asked to. */
  static void printNested(StringBuilder out, Filter filter, boolean parentheses) {
    if (parentheses) {
      out.append('(');
      filter.print(out);
      out.append(')');
    } else {
      filter.print(out);
    }
  }
}
