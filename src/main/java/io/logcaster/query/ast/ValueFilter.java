package io.logcaster.query.ast;

/** A filter of the value that a record has in one field, where a missing one is empty. */
public sealed interface ValueFilter extends Filter
    permits AnyCasePhraseFilter,
        AnyCasePrefixFilter,
        AnyValueFilter,
        CommonCaseFilter,
        CompareFilter,
        ExactFilter,
        ExactPrefixFilter,
        Ipv4RangeFilter,
        Ipv6RangeFilter,
        JsonArrayFilter,
        LengthRangeFilter,
        ListFilter,
        PatternMatchFilter,
        PhraseFilter,
        PrefixFilter,
        RangeFilter,
        RegexpFilter,
        SequenceFilter,
        StringRangeFilter,
        SubstringFilter {

  /** The field. */
  String field();
}
