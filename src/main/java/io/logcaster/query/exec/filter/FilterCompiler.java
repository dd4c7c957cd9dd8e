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
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes filters ready to run. */
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
   * Makes a compiler.
   *
   * @param clock gives the present in nanoseconds since the epoch, asked whenever a filter is used
   * @param subqueries runs queries within filters
   */
  public FilterCompiler(LongSupplier clock, Subqueries subqueries) {
    this.clock = clock;
    this.subqueries = subqueries;
  }

  /** The filter for stored and live batches. */
  public RowFilter compile(Filter filter) {
    return rowFilter(test(filter));
  }

  static RowFilter rowFilter(RowMatcher test) {
    return new RowFilter() {
      @Override
      public void retain(RecordBatch batch, Bitmap rows) {
        test.retain(Frame.of(batch), rows);
      }

      @Override
      public boolean mayMatch(BlockSummary block) {
        return test.mayMatch(block);
      }
    };
  }

  /** The test of a condition, null for none. */
  public @Nullable RowMatcher condition(@Nullable Filter condition) {
    return (condition == null || condition instanceof AllFilter) ? null : test(condition);
  }

  public RowMatcher test(Filter filter) {
    return switch (filter) {
      case AllFilter all -> AllMatcher.INSTANCE;
      case AndFilter and -> new AndMatcher(and.filters().stream().map(this::test).toList());
      case OrFilter or -> new OrMatcher(or.filters().stream().map(this::test).toList());
      case NotFilter not -> new NotMatcher(test(not.filter()));
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
      case ValueFilter value -> new FieldMatcher(value.field(), valueTest(value));
    };
  }

  /** The test of a filter for each field. */
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
        ValueMatcher test = valueTest(value);
        yield (name) -> new FieldMatcher(name, test);
      }
      default -> throw new IllegalStateException("Not a test of a field: " + filter.canonical());
    };
  }

  private ValueMatcher valueTest(ValueFilter filter) {
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
