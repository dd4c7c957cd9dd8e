package io.logcaster.query.exec;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyCasePhraseFilter;
import io.logcaster.query.ast.AnyCasePrefixFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Ipv4RangeFilter;
import io.logcaster.query.ast.LengthRangeFilter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.query.ast.QueryTree;
import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.ast.RegexpFilter;
import io.logcaster.query.ast.SequenceFilter;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.StringRangeFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    List<String> values(QueryTree query);
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

  static RowFilter rowFilter(RowTest test) {
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
  @Nullable RowTest condition(@Nullable Filter condition) {
    return (condition == null || condition instanceof AllFilter) ? null : test(condition);
  }

  RowTest test(Filter filter) {
    return switch (filter) {
      case AllFilter all -> AllTest.INSTANCE;
      case AndFilter and -> new AndTest(and.filters().stream().map(this::test).toList());
      case OrFilter or -> new OrTest(or.filters().stream().map(this::test).toList());
      case NotFilter not -> new NotTest(test(not.filter()));
      case TimeFilter time -> new TimeTest.Range(time, clock);
      case DayRangeFilter day -> new TimeTest.DayRange(day);
      case WeekRangeFilter week -> new TimeTest.WeekRange(week.days(), week.offset());
      case StreamFilter stream -> StreamTest.of(stream);
      case StreamIdFilter ids ->
          new StreamIdTest(ids.subquery() == null ? ids.ids() : subqueries.values(ids.subquery()));
      case ValueTypeFilter type -> new ValueTypeTest(type.field(), type.type());
      case FieldCompareFilter compare ->
          new FieldCompareTest(compare.field(), compare.operator(), compare.other());
      case PhraseFilter phrase ->
          new FieldTest(
              phrase.field(),
              phrase.phrase().isEmpty() ? new ExactTest("") : PhraseTest.of(phrase.phrase()));
      case PrefixFilter prefix ->
          new FieldTest(prefix.field(), PhraseTest.ofPrefix(prefix.prefix()));
      case AnyCasePhraseFilter phrase ->
          new FieldTest(
              phrase.field(),
              phrase.phrase().isEmpty()
                  ? new ExactTest("")
                  : PhraseTest.ofAnyCase(phrase.phrase()));
      case AnyCasePrefixFilter prefix ->
          new FieldTest(
              prefix.field(),
              prefix.prefix().isEmpty()
                  ? new AnyValueTest()
                  : PhraseTest.ofAnyCasePrefix(prefix.prefix()));
      case AnyValueFilter any -> new FieldTest(any.field(), new AnyValueTest());
      case ExactFilter exact -> new FieldTest(exact.field(), new ExactTest(exact.value()));
      case ExactPrefixFilter prefix ->
          new FieldTest(prefix.field(), new ExactPrefixTest(prefix.prefix()));
      case ListFilter list -> new FieldTest(list.field(), list(list));
      case SequenceFilter sequence ->
          new FieldTest(sequence.field(), new SequenceTest(sequence.phrases()));
      case RegexpFilter regexp -> new FieldTest(regexp.field(), new RegexpTest(regexp.pattern()));
      case RangeFilter range -> new FieldTest(range.field(), RangeTest.of(range));
      case CompareFilter compare -> new FieldTest(compare.field(), CompareTest.of(compare));
      case Ipv4RangeFilter range ->
          new FieldTest(range.field(), new Ipv4RangeTest(range.min(), range.max()));
      case StringRangeFilter range ->
          new FieldTest(range.field(), new StringRangeTest(range.min(), range.max()));
      case LengthRangeFilter range ->
          new FieldTest(range.field(), new LengthRangeTest(range.min(), range.max()));
    };
  }

  private ValueTest list(ListFilter list) {
    List<String> values =
        (list.subquery() == null) ? list.values() : subqueries.values(list.subquery());
    return switch (list.operator()) {
      case IN ->
          new InTest(
              values.stream().map((value) -> value.getBytes(StandardCharsets.UTF_8)).toList());
      case CONTAINS_ANY -> new ContainsTest(values, false);
      case CONTAINS_ALL -> new ContainsTest(values, true);
    };
  }
}
