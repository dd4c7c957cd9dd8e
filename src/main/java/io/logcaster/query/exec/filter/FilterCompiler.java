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
import io.logcaster.query.ast.Query;
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
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.Criterion;
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles filters: {@link #compile} for batches of the storage, {@link #matcher} for frames of a
 * query. Queries within a filter run while it is compiled.
 */
public final class FilterCompiler {

  private final LongSupplier clock;

  private final Subqueries subqueries;

  /** Gives the values that a query within a filter selects. */
  @FunctionalInterface
  public interface Subqueries {

    /** The values of the one field that the query ends in. */
    List<String> values(Query query);
  }

  /**
   * Creates a compiler.
   *
   * @param clock gives the current time in nanoseconds since the epoch, read whenever a filter is
   *     used
   * @param subqueries runs queries within filters
   */
  public FilterCompiler(LongSupplier clock, Subqueries subqueries) {
    this.clock = clock;
    this.subqueries = subqueries;
  }

  /** The filter for stored and live batches. */
  public RowFilter compile(Filter filter) {
    return rowFilter(matcher(filter), () -> Criteria.of(filter, clock.getAsLong()));
  }

  static RowFilter rowFilter(RowMatcher matcher) {
    return rowFilter(matcher, () -> Criterion.UNKNOWN);
  }

  private static RowFilter rowFilter(RowMatcher matcher, Supplier<Criterion> condition) {
    return new RowFilter() {
      @Override
      public Criterion criterion() {
        return condition.get();
      }

      @Override
      public void retain(RecordBatch batch, Bitmap rows) {
        matcher.retain(Frame.of(batch), rows);
      }

      @Override
      public boolean mayMatch(BlockSummary block) {
        return matcher.mayMatch(block);
      }
    };
  }

  /** The matcher of a condition; null where all rows pass. */
  public @Nullable RowMatcher condition(@Nullable Filter condition) {
    return (condition == null || condition instanceof AllFilter) ? null : matcher(condition);
  }

  /** The matcher of a filter. */
  public RowMatcher matcher(Filter filter) {
    return switch (filter) {
      case AllFilter all -> AllMatcher.INSTANCE;
      case AndFilter and -> new AndMatcher(and.filters().stream().map(this::matcher).toList());
      case OrFilter or -> new OrMatcher(or.filters().stream().map(this::matcher).toList());
      case NotFilter not -> new NotMatcher(matcher(not.filter()));
      case TimeFilter time -> new TimeMatcher.Range(time, clock);
      case DayRangeFilter day -> new TimeMatcher.DayRange(day);
      case WeekRangeFilter week -> new TimeMatcher.WeekRange(week.days(), week.offset());
      case StreamFilter stream -> StreamMatcher.of(stream);
      case StreamIdFilter ids ->
          new StreamIdMatcher(
              ids.subquery() == null ? ids.ids() : subqueries.values(ids.subquery()));
      case ValueTypeFilter type -> new ValueTypeMatcher(type.field(), type.type());
      case FieldCompareFilter compare ->
          new FieldCompareMatcher(compare.field(), compare.operator(), compare.other());
      case AnyFieldFilter any -> new AnyFieldMatcher(any.names().name(), anyField(any.filter()));
      case ValueFilter value -> new FieldMatcher(value.field(), valueMatcher(value));
    };
  }

  /** The matcher of a filter for any field, given the field's name. */
  private Function<String, RowMatcher> anyField(Filter filter) {
    return switch (filter) {
      case AllFilter all -> (name) -> AllMatcher.INSTANCE;
      case ValueTypeFilter type -> (name) -> new ValueTypeMatcher(name, type.type());
      case FieldCompareFilter compare ->
          (name) ->
              name.equals(compare.other())
                  ? new NotMatcher(AllMatcher.INSTANCE)
                  : new FieldCompareMatcher(name, compare.operator(), compare.other());
      case ValueFilter value -> {
        ValueMatcher matcher = valueMatcher(value);
        yield (name) -> new FieldMatcher(name, matcher);
      }
      case AndFilter _,
          AnyFieldFilter _,
          DayRangeFilter _,
          NotFilter _,
          OrFilter _,
          StreamFilter _,
          StreamIdFilter _,
          TimeFilter _,
          WeekRangeFilter _ ->
          throw new IllegalArgumentException("Not a filter of a field: " + filter.canonical());
    };
  }

  private ValueMatcher valueMatcher(ValueFilter filter) {
    return switch (filter) {
      case PhraseFilter phrase ->
          phrase.phrase().isEmpty() ? new ExactMatcher("") : PhraseMatcher.of(phrase.phrase());
      case PrefixFilter prefix -> PhraseMatcher.ofPrefix(prefix.prefix());
      case AnyCasePhraseFilter phrase ->
          phrase.phrase().isEmpty()
              ? new ExactMatcher("")
              : PhraseMatcher.ofAnyCase(phrase.phrase());
      case AnyCasePrefixFilter prefix ->
          prefix.prefix().isEmpty()
              ? new AnyValueMatcher()
              : PhraseMatcher.ofAnyCasePrefix(prefix.prefix());
      case AnyValueFilter any -> new AnyValueMatcher();
      case CommonCaseFilter common -> new CommonCaseMatcher(common.values(), common.whole());
      case CompareFilter compare -> CompareMatcher.of(compare);
      case ExactFilter exact -> new ExactMatcher(exact.value());
      case ExactPrefixFilter prefix -> new ExactPrefixMatcher(prefix.prefix());
      case Ipv4RangeFilter range -> new Ipv4RangeMatcher(range.min(), range.max());
      case Ipv6RangeFilter range -> new Ipv6RangeMatcher(range.min(), range.max());
      case JsonArrayFilter array -> new JsonArrayMatcher(array.values());
      case LengthRangeFilter range -> new LengthRangeMatcher(range.min(), range.max());
      case ListFilter list -> list(list);
      case PatternMatchFilter match -> new PatternMatcher(match.pattern(), match.place());
      case RangeFilter range -> RangeMatcher.of(range);
      case RegexpFilter regexp -> new RegexpMatcher(regexp.pattern());
      case SequenceFilter sequence -> new SequenceMatcher(sequence.phrases());
      case StringRangeFilter range -> new StringRangeMatcher(range.min(), range.max());
      case SubstringFilter substring -> new SubstringMatcher(substring.text());
    };
  }

  private ValueMatcher list(ListFilter list) {
    List<String> values =
        (list.subquery() == null) ? list.values() : subqueries.values(list.subquery());
    return switch (list.operator()) {
      case IN ->
          new InMatcher(
              values.stream().map((value) -> value.getBytes(StandardCharsets.UTF_8)).toList());
      case CONTAINS_ANY -> new ContainsMatcher(values, false);
      case CONTAINS_ALL -> new ContainsMatcher(values, true);
    };
  }
}
