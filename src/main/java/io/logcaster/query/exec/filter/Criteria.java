package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyCasePhraseFilter;
import io.logcaster.query.ast.AnyCasePrefixFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CommonCaseFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Ipv4RangeFilter;
import io.logcaster.query.ast.Ipv6RangeFilter;
import io.logcaster.query.ast.JsonArrayFilter;
import io.logcaster.query.ast.LengthRangeFilter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.PatternMatchFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.ast.RegexpFilter;
import io.logcaster.query.ast.SequenceFilter;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.StringRangeFilter;
import io.logcaster.query.ast.SubstringFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Field;
import io.logcaster.storage.Criterion;
import java.util.List;
import java.util.stream.Stream;

/** Says what filters ask, in the terms that storages know. */
public final class Criteria {

  private Criteria() {}

  /**
   * The condition that a row meets if and, without {@link Criterion.Unknown}, only if a filter
   * passes it.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  public static Criterion of(Filter filter, long now) {
    return switch (filter) {
      case AllFilter _ -> Criterion.ALL;
      case AndFilter and -> new Criterion.And(all(and.filters(), now));
      case OrFilter or -> new Criterion.Or(all(or.filters(), now));
      case NotFilter not -> new Criterion.Not(of(not.filter(), now));
      case TimeFilter time -> new Criterion.Times(time.minTime(now), time.maxTime(now));
      case StreamFilter stream -> stream(stream);
      case StreamIdFilter ids ->
          (ids.subquery() == null)
              ? new Criterion.Value(Field.STREAM_ID, new Criterion.OneOf(ids.ids()))
              : Criterion.UNKNOWN;
      case ValueFilter value -> value(value);
      case AnyFieldFilter _,
          DayRangeFilter _,
          FieldCompareFilter _,
          ValueTypeFilter _,
          WeekRangeFilter _ ->
          Criterion.UNKNOWN;
    };
  }

  private static List<Criterion> all(List<Filter> filters, long now) {
    return filters.stream().map((filter) -> of(filter, now)).toList();
  }

  private static Criterion stream(StreamFilter filter) {
    if (filter.alternatives().isEmpty()) {
      return Criterion.ALL;
    }
    return new Criterion.Or(
        filter.alternatives().stream()
            .map(
                (matchers) ->
                    (Criterion)
                        new Criterion.And(matchers.stream().map(Criteria::matcher).toList()))
            .toList());
  }

  private static Criterion matcher(StreamFilter.Matcher matcher) {
    Criterion equal = new Criterion.StreamValue(matcher.name(), matcher.value());
    return switch (matcher.operator()) {
      case EQUAL -> equal;
      case NOT_EQUAL -> new Criterion.Not(equal);
      case MATCHES, NOT_MATCHES -> Criterion.UNKNOWN;
    };
  }

  private static Criterion value(ValueFilter filter) {
    String field = filter.field();
    if (field.equals(Field.TIME)) {
      return Criterion.UNKNOWN;
    }
    return switch (filter) {
      case PhraseFilter phrase -> phrase(field, phrase.phrase(), false);
      case AnyCasePhraseFilter phrase -> phrase(field, phrase.phrase(), true);
      case PrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? Criterion.UNKNOWN
              : of(field, new Criterion.Phrase(prefix.prefix(), true, false));
      case AnyCasePrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? of(field, new Criterion.Present())
              : of(field, new Criterion.Phrase(prefix.prefix(), true, true));
      case AnyValueFilter _ -> of(field, new Criterion.Present());
      case ExactFilter exact -> of(field, new Criterion.OneOf(List.of(exact.value())));
      case ExactPrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? Criterion.UNKNOWN
              : of(field, new Criterion.StartsWith(prefix.prefix()));
      case SubstringFilter substring ->
          substring.text().isEmpty()
              ? Criterion.UNKNOWN
              : of(field, new Criterion.Contains(substring.text()));
      case ListFilter list -> list(field, list);
      case SequenceFilter sequence ->
          atLeast(
              sequence.phrases().stream()
                  .filter((phrase) -> !phrase.isEmpty())
                  .map((phrase) -> phrase(field, phrase, false))
                  .toList());
      // An empty value is no number, no address and no array.
      case Ipv4RangeFilter _, Ipv6RangeFilter _, JsonArrayFilter _, RangeFilter _ ->
          atLeast(List.of(of(field, new Criterion.Present())));
      case CommonCaseFilter _,
          CompareFilter _,
          LengthRangeFilter _,
          PatternMatchFilter _,
          RegexpFilter _,
          StringRangeFilter _ ->
          Criterion.UNKNOWN;
    };
  }

  private static Criterion list(String field, ListFilter list) {
    List<String> values = list.values();
    if (list.subquery() != null || values.isEmpty()) {
      return Criterion.UNKNOWN;
    }
    return switch (list.operator()) {
      case IN -> of(field, new Criterion.OneOf(values));
      case CONTAINS_ANY ->
          values.contains("")
              ? Criterion.UNKNOWN
              : new Criterion.Or(
                  values.stream().map((value) -> phrase(field, value, false)).toList());
      case CONTAINS_ALL ->
          new Criterion.And(
              values.stream()
                  .filter((value) -> !value.isEmpty())
                  .map((value) -> phrase(field, value, false))
                  .toList());
    };
  }

  private static Criterion phrase(String field, String phrase, boolean anyCase) {
    return of(
        field,
        phrase.isEmpty()
            ? new Criterion.OneOf(List.of(""))
            : new Criterion.Phrase(phrase, false, anyCase));
  }

  private static Criterion of(String field, Criterion.Check test) {
    return new Criterion.Value(field, test);
  }

  /** A row needs to meet these parts, but they are not enough. */
  private static Criterion atLeast(List<Criterion> parts) {
    return new Criterion.And(Stream.concat(parts.stream(), Stream.of(Criterion.UNKNOWN)).toList());
  }
}
