package io.logcaster.alert.query;

import io.logcaster.query.ast.Filter;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A rule's query, compiled once and run often. Thread-safe. */
public interface AlertQuery {

  /** How often a query that cannot group by time is run for one series. */
  int MAX_QUERIES = 1_000;

  /**
   * Runs the query; returns the value of each group.
   *
   * @param start the earliest time of the records that count, included
   * @param end the latest time, excluded
   * @throws IOException if stored records could not be read, or the query timed out
   */
  List<GroupValue> ask(Instant start, Instant end) throws IOException;

  /**
   * As {@link #ask(Instant, Instant)}.
   *
   * @param away receives what did not answer; the values lack its records
   */
  default List<GroupValue> ask(Instant start, Instant end, Unreached away) throws IOException {
    return ask(start, end);
  }

  /** The same query, whose groups also have the number of their records. */
  default AlertQuery countingRecords() {
    return this;
  }

  /** Whether a value never decreases with one more record, as with counts. */
  default boolean growsWithRecords() {
    return false;
  }

  /** Whether a value that lacks some records is not above the one with all of them. */
  default boolean isLowerBound() {
    return false;
  }

  /**
   * Refuses windows that say nothing.
   *
   * @throws ProblemException 400 if a window is too short
   */
  default void checkWindow(Duration window) {}

  /** A query that has a value above 0 for ranges of which something is known. */
  default AlertQuery presence(Compiler compiler) {
    return compiler.compile("* | stats count() value");
  }

  /** The fields that make the groups. */
  default List<String> groupFields() {
    return List.of();
  }

  /** How values of neighbouring ranges are combined to that of both. */
  default Combination combination() {
    return Combination.NONE;
  }

  /**
   * The filter of the records that count, if the query is nothing but a filter and a stats pipe, so
   * that arriving records tell whether its result may change; null otherwise.
   */
  default @Nullable Filter filter() {
    return null;
  }

  /**
   * The fields whose values tell groups apart as records arrive; groups that differ in others count
   * as one.
   */
  default List<String> liveGroupFields() {
    return List.of();
  }

  /**
   * The number of records of each group that arriving records tell apart, as column {@code value}.
   */
  default AlertQuery liveRecords() {
    return this;
  }

  /** Whether the value of each group is the number of its records that the filter selects. */
  default boolean isRecordCount() {
    return false;
  }

  /** Whether no value is larger than the number of the group's records that the filter selects. */
  default boolean isAtMostRecords() {
    return false;
  }

  /**
   * Runs the query for consecutive ranges of the same length.
   *
   * @param start the start of the first range
   * @param count how many ranges
   * @param step the length of each
   */
  default List<ValueSeries> series(Instant start, int count, Duration step) throws IOException {
    return series(start, count, step, new Unreached());
  }

  /**
   * As {@link #series(Instant, int, Duration)}.
   *
   * @param away receives what did not answer; the values lack its records
   */
  default List<ValueSeries> series(Instant start, int count, Duration step, Unreached away)
      throws IOException {
    if (count > MAX_QUERIES) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "query_not_by_time",
          "Only a query that ends in its only stats pipe can be run for %,d windows. Choose a shorter range or a longer window."
              .formatted(count));
    }
    Map<Map<String, String>, ValueSeries> byLabels = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Instant from = start.plus(step.multipliedBy(i));
      for (GroupValue value : ask(from, from.plus(step), away)) {
        ValueSeries.checkSize(byLabels.size(), count);
        byLabels
            .computeIfAbsent(value.labels(), (labels) -> ValueSeries.empty(labels, count))
            .put(i, value);
      }
    }
    return new ArrayList<>(byLabels.values());
  }

  /** Compiles the queries of rules. */
  @FunctionalInterface
  interface Compiler {

    /**
     * @throws io.logcaster.system.ProblemException 400 if the query is invalid or does not end with
     *     a stats pipe that has a column {@code value}
     */
    AlertQuery compile(String query);
  }
}
