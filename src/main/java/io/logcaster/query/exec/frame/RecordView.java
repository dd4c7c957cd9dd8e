package io.logcaster.query.exec.frame;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.Query.Options;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a query sees stored records: with shifted times, or without hidden fields. */
public final class RecordView {

  private static final Set<String> BUILT_IN = Set.of(Field.TIME, Field.STREAM, Field.STREAM_ID);

  private final long shift;

  private final List<FieldPattern> hidden;

  public RecordView(Options options) {
    shift = options.timeOffset();
    hidden = options.hidden();
  }

  /** Whether the query sees records as they are stored. */
  public boolean isPlain() {
    return shift == 0 && hidden.isEmpty();
  }

  private boolean isHidden(String name) {
    return FieldPattern.anyMatches(hidden, name);
  }

  /** The rows of a batch as pipes see them. */
  public Frame frame(RecordBatch batch) {
    Frame frame = Frame.of(batch);
    return isPlain() ? frame : new View(frame, batch, Set.of());
  }

  /**
   * The rows of a batch as a {@link #stored(Filter) filter of stored records} sees them, with their
   * own times and streams even where these are hidden.
   */
  public Frame selected(RecordBatch batch) {
    Frame frame = Frame.of(batch);
    return hidden.isEmpty() ? frame : new View(frame, batch, BUILT_IN);
  }

  /**
   * The summary of a block, restricted to what also holds for the records as the query sees them.
   */
  public BlockSummary summary(BlockSummary block) {
    return hidden.isEmpty() ? block : new SummaryView(block);
  }

  /** The stored time of a time that the query sees; open ends stay open. */
  public long stored(long seen) {
    long time = seen - shift;
    if (((seen ^ shift) & (seen ^ time)) < 0) {
      return (shift > 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return (seen == Long.MIN_VALUE || seen == Long.MAX_VALUE) ? seen : time;
  }

  /** Translates a filter of the records as the query sees them into one of the stored records. */
  public Filter stored(Filter filter) {
    if (shift == 0) {
      return filter;
    }
    return switch (filter) {
      case AndFilter and -> new AndFilter(and.filters().stream().map(this::stored).toList());
      case OrFilter or -> new OrFilter(or.filters().stream().map(this::stored).toList());
      case NotFilter not -> new NotFilter(stored(not.filter()));
      case TimeFilter time ->
          new TimeFilter(
              time.min(),
              time.minIncluded(),
              time.max(),
              time.maxIncluded(),
              time.offset() + shift,
              time.text());
      case DayRangeFilter day ->
          new DayRangeFilter(
              day.from(), day.to(), day.overMidnight(), day.offset() + shift, day.text());
      case WeekRangeFilter week ->
          new WeekRangeFilter(week.days(), week.offset() + shift, week.text());
      case AllFilter _,
          AnyFieldFilter _,
          FieldCompareFilter _,
          StreamFilter _,
          StreamIdFilter _,
          ValueFilter _,
          ValueTypeFilter _ ->
          filter;
    };
  }

  private final class View extends Frame {

    private final Frame stored;

    private final RecordBatch batch;

    private final Set<String> untouched;

    private @Nullable Column times;

    View(Frame stored, RecordBatch batch, Set<String> untouched) {
      this.stored = stored;
      this.batch = batch;
      this.untouched = untouched;
    }

    @Override
    public int size() {
      return stored.size();
    }

    @Override
    public Column column(String name) {
      if (untouched.contains(name)) {
        return stored.column(name);
      }
      if (isHidden(name)) {
        return ConstantColumn.empty(name);
      }
      return (shift != 0 && name.equals(Field.TIME)) ? times() : stored.column(name);
    }

    private Column times() {
      if (times == null) {
        long[] shifted = Arrays.copyOf(batch.times(), batch.size());
        for (int i = 0; i < shifted.length; i++) {
          shifted[i] += shift;
        }
        times = new TimeColumn(shifted, shifted.length);
      }
      return times;
    }

    @Override
    public List<String> names() {
      return stored.names().stream().filter((name) -> !isHidden(name)).toList();
    }
  }

  /** A block summary without the hidden fields. */
  private final class SummaryView implements BlockSummary {

    private final BlockSummary block;

    SummaryView(BlockSummary block) {
      this.block = block;
    }

    @Override
    public int groupSize() {
      return block.groupSize();
    }

    @Override
    public int rows() {
      return block.rows();
    }

    @Override
    public long minTime() {
      return block.minTime();
    }

    @Override
    public long maxTime() {
      return block.maxTime();
    }

    @Override
    public @Nullable Stream stream() {
      return block.stream();
    }

    @Override
    public ColumnSummary column(String name) {
      return isHidden(name) ? ColumnSummary.UNKNOWN : block.column(name);
    }
  }
}
