package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.BlockSummary;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** Rows by their time. */
abstract class TimeMatcher extends RowMatcher {

  /** Which times pass at present; asked once for each batch. */
  abstract LongPredicate now();

  @Override
  public final void retain(Frame frame, Bitmap rows) {
    LongPredicate passing = now();
    Column column = frame.column(Field.TIME);
    if (column instanceof TimeColumn time) {
      long[] times = time.times();
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!passing.test(times[row])) {
          rows.clear(row);
        }
      }
    } else {
      column.retain(
          rows,
          (bytes, from, to) -> {
            long time = Timestamps.parse(bytes, from, to);
            return time != Timestamps.INVALID && passing.test(time);
          });
    }
  }

  @Override
  int cost() {
    return 0;
  }

  /** Times between two bounds, which may move with the current time. */
  static final class Range extends TimeMatcher {

    private final TimeFilter filter;

    private final LongSupplier clock;

    Range(TimeFilter filter, LongSupplier clock) {
      this.filter = filter;
      this.clock = clock;
    }

    @Override
    LongPredicate now() {
      long now = clock.getAsLong();
      long min = filter.minTime(now);
      long max = filter.maxTime(now);
      return (time) -> time >= min && time <= max;
    }

    @Override
    public boolean mayMatch(BlockSummary block) {
      long now = clock.getAsLong();
      return block.maxTime() >= filter.minTime(now) && block.minTime() <= filter.maxTime(now);
    }
  }

  /** Times of day. */
  static final class DayRange extends TimeMatcher {

    private final DayRangeFilter range;

    DayRange(DayRangeFilter range) {
      this.range = range;
    }

    @Override
    LongPredicate now() {
      return (time) -> {
        long ofDay = Math.floorMod(time + range.offset(), Timestamps.DAY);
        boolean late = ofDay >= range.from();
        boolean early = ofDay <= range.to();
        return range.overMidnight() ? late || early : late && early;
      };
    }
  }

  /** Days of the week. */
  static final class WeekRange extends TimeMatcher {

    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_DAY = 4;

    private final int days;

    private final long offset;

    /**
     * @param days a bit for each day that passes, the lowest for Sunday
     */
    WeekRange(int days, long offset) {
      this.days = days;
      this.offset = offset;
    }

    @Override
    LongPredicate now() {
      return (time) -> {
        long day = Math.floorMod(Math.floorDiv(time + offset, Timestamps.DAY) + FIRST_DAY, 7L);
        return (days >> day & 1) != 0;
      };
    }
  }
}
