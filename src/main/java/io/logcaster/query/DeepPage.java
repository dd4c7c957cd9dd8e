package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.value.Durations;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of the newest records far behind the first one. A sort keeps every row up to its last one
 * in memory; so records are counted by time first, in ever smaller steps, until few are left
 * between the end of a time range and the page.
 *
 * @param range the time range that is left
 * @param offset the rows before the page in this range
 */
record DeepPage(QueryRange range, long offset) {

  /** Up to this many rows a sort keeps little of each in memory. */
  static final long DEEP = 10_000;

  private static final long[] STEPS = {
    Timestamps.DAY,
    600 * Timestamps.SECOND,
    5 * Timestamps.SECOND,
    Timestamps.SECOND / 20,
    Timestamps.SECOND / 2_000,
    Timestamps.SECOND / 200_000,
    50,
    1
  };

  private static final QueryRange NONE = new QueryRange(0, -1);

  /** Runs a query in a time range and gives all its rows. */
  @FunctionalInterface
  interface Counter {

    List<Map<String, String>> rows(Query query, QueryRange range) throws IOException;
  }

  /** Finds a page of the records that a query selects in a range. */
  static DeepPage find(ParsedQuery query, QueryRange range, long offset, Counter counter)
      throws IOException {
    if (!keepsTimes(query.tree())) {
      return new DeepPage(range, offset);
    }
    long left = offset;
    QueryRange within = range;
    for (int i = 0; i < STEPS.length && left > DEEP; i++) {
      long step = STEPS[i];
      Long found = null;
      for (Map.Entry<Long, Long> bucket : counts(query, step, within, counter).entrySet()) {
        if (left < bucket.getValue()) {
          found = bucket.getKey();
          break;
        }
        left -= bucket.getValue();
      }
      if (found == null) {
        return new DeepPage(NONE, 0);
      }
      within =
          new QueryRange(Math.max(within.start(), found), Math.min(within.end(), found + step - 1));
    }
    return new DeepPage(new QueryRange(range.start(), within.end()), left);
  }

  /** Whether the rows have the times of their records. */
  private static boolean keepsTimes(Query query) {
    return query.options().timeOffset() == 0
        && query.pipes().stream()
            .allMatch((pipe) -> pipe instanceof FieldsPipe || pipe instanceof FilterPipe);
  }

  /** The number of rows by the beginnings of steps, newest first. */
  private static Map<Long, Long> counts(
      ParsedQuery query, long step, QueryRange range, Counter counter) throws IOException {
    StatsPipe stats =
        new StatsPipe(
            List.of(new Bucket(Field.TIME, Durations.format(step), 0)),
            List.of(new StatsPipe.Calculation(StatsCall.countRows(), null, "rows")));
    Map<Long, Long> counts = new TreeMap<>(Comparator.reverseOrder());
    for (Map<String, String> row : counter.rows(query.rowWise().with(stats), range)) {
      @Nullable String time = row.get(Field.TIME);
      @Nullable String rows = row.get("rows");
      if (time != null && rows != null) {
        counts.put(Timestamps.parse(time), Long.parseLong(rows));
      }
    }
    return counts;
  }
}
