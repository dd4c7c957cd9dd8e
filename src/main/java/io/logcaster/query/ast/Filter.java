package io.logcaster.query.ast;

/** Selects records. */
public sealed interface Filter
    permits AllFilter,
        AndFilter,
        AnyCasePhraseFilter,
        AnyCasePrefixFilter,
        AnyValueFilter,
        CompareFilter,
        DayRangeFilter,
        ExactFilter,
        ExactPrefixFilter,
        FieldCompareFilter,
        Ipv4RangeFilter,
        LengthRangeFilter,
        ListFilter,
        NotFilter,
        OrFilter,
        PhraseFilter,
        PrefixFilter,
        RangeFilter,
        RegexpFilter,
        SequenceFilter,
        StreamFilter,
        StreamIdFilter,
        StringRangeFilter,
        TimeFilter,
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

  /** Appends a filter, in parentheses where the place asks for them. */
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
