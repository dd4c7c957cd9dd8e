package io.logcaster.query.lang;

import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.query.value.Durations;
import java.util.List;
import java.util.Locale;

/**
 * Reads filters of the time.
 *
 * <pre>
 * filter = (range | time | comparison time | "day_range" range | "week_range" range) ["offset" duration]
 *        | "offset" duration
 * range  = ("[" | "(") bound "," bound ("]" | ")")
 * </pre>
 */
final class TimeParser {

  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

  private final Cursor cursor;

  TimeParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Filter parse() {
    if (cursor.is("day_range") && opensRange(cursor.peek(1))) {
      cursor.next();
      return dayRange();
    }
    if (cursor.is("week_range") && opensRange(cursor.peek(1))) {
      cursor.next();
      return weekRange();
    }
    if (cursor.is("offset")) {
      return offsetOnly();
    }
    if (cursor.is("[", "(")) {
      return range();
    }
    if (cursor.is(">", "<")) {
      return comparison();
    }
    boolean equal = cursor.accept("=");
    Token token = cursor.peek();
    String text = cursor.text("a time");
    Bound bound = bound(text, token);
    TimeFilter filter;
    String shown = equal ? "=" + text : text;
    if (bound.relative() && !text.equalsIgnoreCase("now")) {
      Bound now = new Bound(true, 0, 0);
      filter = new TimeFilter(bound, equal, now, true, 0, text);
    } else {
      filter = new TimeFilter(bound, true, bound, true, 0, text);
    }
    return withOffset(filter, equal && bound.relative() ? shown : text);
  }

  private static boolean opensRange(Token token) {
    return token.is("[") || token.is("(");
  }

  private Filter comparison() {
    boolean less = cursor.next().is("<");
    boolean orEqual = cursor.is("=") && !cursor.peek().spaced() && cursor.accept("=");
    Token token = cursor.peek();
    String text = cursor.text("a time");
    Bound bound = bound(text, token);
    String shown = (less ? "<" : ">") + (orEqual ? "=" : "") + text;
    // An age: older than five minutes means before now-5m.
    boolean age =
        bound.relative()
            && !text.equalsIgnoreCase("now")
            && !text.startsWith("-")
            && !text.startsWith("now");
    boolean before = less != age;
    TimeFilter filter =
        before
            ? new TimeFilter(Bound.BEGINNING, true, bound, orEqual, 0, shown)
            : new TimeFilter(bound, orEqual, Bound.END, true, 0, shown);
    return withOffset(filter, shown);
  }

  private Filter range() {
    boolean minIncluded = cursor.next().is("[");
    Token minToken = cursor.peek();
    String min = cursor.text("a time");
    Bound minBound = rangeBound(min, minToken);
    cursor.expect(",");
    Token maxToken = cursor.peek();
    String max = cursor.text("a time");
    Bound maxBound = rangeBound(max, maxToken);
    if (!cursor.is("]", ")")) {
      throw cursor.error("Expected ']' or ')', found " + cursor.peek().shown());
    }
    boolean maxIncluded = cursor.next().is("]");
    String shown = (minIncluded ? "[" : "(") + min + "," + max + (maxIncluded ? "]" : ")");
    return withOffset(
        new TimeFilter(minBound, minIncluded, maxBound, maxIncluded, 0, shown), shown);
  }

  private Bound rangeBound(String text, Token token) {
    return bound(text, token);
  }

  private Filter offsetOnly() {
    long offset = offset();
    return new TimeFilter(
        Bound.BEGINNING,
        true,
        new Bound(true, 0, 0),
        true,
        offset,
        "offset " + Durations.format(offset));
  }

  private Filter withOffset(TimeFilter filter, String shown) {
    if (!cursor.is("offset")) {
      return new TimeFilter(
          filter.min(), filter.minIncluded(), filter.max(), filter.maxIncluded(), 0, shown);
    }
    long offset = offset();
    return new TimeFilter(
        filter.min(),
        filter.minIncluded(),
        filter.max(),
        filter.maxIncluded(),
        offset,
        shown + " offset " + Durations.format(offset));
  }

  private long offset() {
    cursor.expect("offset");
    return cursor.duration();
  }

  private Bound bound(String text, Token token) {
    Bound bound = Times.bound(text);
    if (bound == null) {
      throw cursor.error(
          "Expected a time such as 2026-01-31, 5m or now, found '" + text + "'", token);
    }
    return bound;
  }

  private Filter dayRange() {
    boolean minIncluded = cursor.next().is("[");
    long from = timeOfDay();
    cursor.expect(",");
    long to = timeOfDay();
    boolean maxIncluded = closeRange();
    long offset = cursor.is("offset") ? offset() : 0;
    long first = minIncluded ? from : from + 1;
    long last = maxIncluded ? to : to - 1;
    String shown =
        (minIncluded ? "[" : "(")
            + clock(from)
            + ", "
            + clock(to)
            + (maxIncluded ? "]" : ")")
            + shownOffset(offset);
    return new DayRangeFilter(first, last, from > to, offset, shown);
  }

  private static String clock(long nanos) {
    long minutes = nanos / 60_000_000_000L;
    return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
  }

  private static String shownOffset(long offset) {
    return (offset == 0) ? "" : " offset " + Durations.format(offset);
  }

  private boolean closeRange() {
    if (!cursor.is("]", ")")) {
      throw cursor.error("Expected ']' or ')', found " + cursor.peek().shown());
    }
    return cursor.next().is("]");
  }

  private long timeOfDay() {
    Token token = cursor.peek();
    String text = cursor.text("a time of day");
    if (text.matches("\\d\\d:\\d\\d")) {
      long minutes =
          Integer.parseInt(text.substring(0, 2)) * 60L + Integer.parseInt(text.substring(3));
      if (minutes <= 24 * 60 && text.charAt(3) < '6') {
        return minutes * 60_000_000_000L;
      }
    }
    throw cursor.error("Expected a time of day such as 08:30, found '" + text + "'", token);
  }

  private Filter weekRange() {
    boolean minIncluded = cursor.next().is("[");
    int from = weekday();
    cursor.expect(",");
    int to = weekday();
    boolean maxIncluded = closeRange();
    long offset = cursor.is("offset") ? offset() : 0;
    String shown =
        (minIncluded ? "[" : "(")
            + shortName(from)
            + ", "
            + shortName(to)
            + (maxIncluded ? "]" : ")")
            + shownOffset(offset);
    return WeekRangeFilter.of(from, minIncluded, to, maxIncluded, offset, shown);
  }

  private static String shortName(int day) {
    String name = WEEKDAYS.get(day);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1, 3);
  }

  private int weekday() {
    Token token = cursor.peek();
    String text = cursor.text("a day of the week").toLowerCase(Locale.ROOT);
    for (int day = 0; day < WEEKDAYS.size(); day++) {
      if (text.equals(WEEKDAYS.get(day)) || text.equals(WEEKDAYS.get(day).substring(0, 3))) {
        return day;
      }
    }
    throw cursor.error("Expected a day of the week such as Mon, found '" + text + "'", token);
  }
}
