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
import io.logcaster.storage.Condition;
import java.util.List;
import java.util.stream.Stream;

/** Says what filters ask, in the terms that storages know. */
public final class Conditions {

  private Conditions() {}

  /**
   * The condition that a row meets if and, without {@link Condition.Unknown}, only if a filter
   * passes it.
   *
   * @param now the current time in nanoseconds since the epoch
   */
  public static Condition of(Filter filter, long now) {
    return switch (filter) {
      case AllFilter _ -> Condition.ALL;
      case AndFilter and -> new Condition.And(all(and.filters(), now));
      case OrFilter or -> new Condition.Or(all(or.filters(), now));
      case NotFilter not -> new Condition.Not(of(not.filter(), now));
      case TimeFilter time -> new Condition.Times(time.minTime(now), time.maxTime(now));
      case StreamFilter stream -> stream(stream);
      case StreamIdFilter ids ->
          (ids.subquery() == null)
              ? new Condition.Value(Field.STREAM_ID, new Condition.OneOf(ids.ids()))
              : Condition.UNKNOWN;
      case ValueFilter value -> value(value);
      case AnyFieldFilter _,
          DayRangeFilter _,
          FieldCompareFilter _,
          ValueTypeFilter _,
          WeekRangeFilter _ ->
          Condition.UNKNOWN;
    };
  }

  private static List<Condition> all(List<Filter> filters, long now) {
    return filters.stream().map((filter) -> of(filter, now)).toList();
  }

  private static Condition stream(StreamFilter filter) {
    if (filter.alternatives().isEmpty()) {
      return Condition.ALL;
    }
    return new Condition.Or(
        filter.alternatives().stream()
            .map(
                (matchers) ->
                    (Condition)
                        new Condition.And(matchers.stream().map(Conditions::matcher).toList()))
            .toList());
  }

  private static Condition matcher(StreamFilter.Matcher matcher) {
    Condition equal = new Condition.StreamValue(matcher.name(), matcher.value());
    return switch (matcher.operator()) {
      case EQUAL -> equal;
      case NOT_EQUAL -> new Condition.Not(equal);
      case MATCHES, NOT_MATCHES -> Condition.UNKNOWN;
    };
  }

  private static Condition value(ValueFilter filter) {
    String field = filter.field();
    if (field.equals(Field.TIME)) {
      return Condition.UNKNOWN;
    }
    return switch (filter) {
      case PhraseFilter phrase -> phrase(field, phrase.phrase(), false);
      case AnyCasePhraseFilter phrase -> phrase(field, phrase.phrase(), true);
      case PrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? Condition.UNKNOWN
              : of(field, new Condition.Phrase(prefix.prefix(), true, false));
      case AnyCasePrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? of(field, new Condition.Present())
              : of(field, new Condition.Phrase(prefix.prefix(), true, true));
      case AnyValueFilter _ -> of(field, new Condition.Present());
      case ExactFilter exact -> of(field, new Condition.OneOf(List.of(exact.value())));
      case ExactPrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? Condition.UNKNOWN
              : of(field, new Condition.StartsWith(prefix.prefix()));
      case SubstringFilter substring ->
          substring.text().isEmpty()
              ? Condition.UNKNOWN
              : of(field, new Condition.Contains(substring.text()));
      case ListFilter list -> list(field, list);
      case SequenceFilter sequence ->
          atLeast(
              sequence.phrases().stream()
                  .filter((phrase) -> !phrase.isEmpty())
                  .map((phrase) -> phrase(field, phrase, false))
                  .toList());
      // An empty value is no number, no address and no array.
      case Ipv4RangeFilter _, Ipv6RangeFilter _, JsonArrayFilter _, RangeFilter _ ->
          atLeast(List.of(of(field, new Condition.Present())));
      case CommonCaseFilter _,
          CompareFilter _,
          LengthRangeFilter _,
          PatternMatchFilter _,
          RegexpFilter _,
          StringRangeFilter _ ->
          Condition.UNKNOWN;
    };
  }

  private static Condition list(String field, ListFilter list) {
    List<String> values = list.values();
    if (list.subquery() != null || values.isEmpty()) {
      return Condition.UNKNOWN;
    }
    return switch (list.operator()) {
      case IN -> of(field, new Condition.OneOf(values));
      case CONTAINS_ANY ->
          values.contains("")
              ? Condition.UNKNOWN
              : new Condition.Or(
                  values.stream().map((value) -> phrase(field, value, false)).toList());
      case CONTAINS_ALL ->
          new Condition.And(
              values.stream()
                  .filter((value) -> !value.isEmpty())
                  .map((value) -> phrase(field, value, false))
                  .toList());
    };
  }

  private static Condition phrase(String field, String phrase, boolean anyCase) {
    return of(
        field,
        phrase.isEmpty()
            ? new Condition.OneOf(List.of(""))
            : new Condition.Phrase(phrase, false, anyCase));
  }

  private static Condition of(String field, Condition.Check test) {
    return new Condition.Value(field, test);
  }

  /** A row needs to meet these parts, but they are not enough. */
  private static Condition atLeast(List<Condition> parts) {
    return new Condition.And(Stream.concat(parts.stream(), Stream.of(Condition.UNKNOWN)).toList());
  }
}
