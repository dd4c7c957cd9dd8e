package io.logcaster.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The two ranges of a comparison: {@code start} and {@code end}, by default now, and {@code
 * baseStart} and {@code baseEnd}, by default as much time directly before.
 */
record ComparedRanges(QueryRange range, QueryRange base) {

  static ComparedRanges of(QueryArguments arguments) {
    String given = arguments.required("start");
    QueryRange asked = arguments.range();
    long last = (asked.end() == Long.MAX_VALUE) ? arguments.now() : asked.end();
    if (asked.start() > last) {
      throw QueryArguments.problem(
          "invalid_parameter", "start", "Parameter 'start' is " + given + ", after the end");
    }
    Long baseStart = arguments.instant("baseStart");
    Long baseEnd = arguments.instant("baseEnd");
    long end = (baseEnd != null) ? baseEnd - 1 : asked.start() - 1;
    long start = (baseStart != null) ? baseStart : end - (last - asked.start());
    if (start > end) {
      throw QueryArguments.problem(
          "invalid_parameter",
          "baseStart",
          "Parameter 'baseStart' is after 'baseEnd', or after 'start' if that is missing");
    }
    return new ComparedRanges(new QueryRange(asked.start(), last), new QueryRange(start, end));
  }

  /** The base without the range: at most two ranges. */
  List<QueryRange> outside() {
    List<QueryRange> parts = new ArrayList<>();
    if (base.start() < range.start()) {
      parts.add(new QueryRange(base.start(), Math.min(base.end(), range.start() - 1)));
    }
    if (base.end() > range.end()) {
      parts.add(new QueryRange(Math.max(base.start(), range.end() + 1), base.end()));
    }
    return parts;
  }
}
