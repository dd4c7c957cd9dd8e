package io.logcaster.query.lang;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Combines filters into their simplest form, so that equal meanings become equal trees: nested
 * conjunctions are flattened, filters that select everything are removed, stream selectors are
 * merged and come first, filters of time second.
 */
final class Filters {

  private Filters() {}

  static Filter or(List<Filter> filters) {
    List<Filter> flat = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter instanceof AllFilter) {
        return filter;
      }
      if (filter instanceof OrFilter or) {
        flat.addAll(or.filters());
      } else {
        flat.add(filter);
      }
    }
    return (flat.size() == 1) ? flat.getFirst() : new OrFilter(flat);
  }

  static Filter and(List<Filter> filters) {
    List<Filter> streams = new ArrayList<>();
    List<List<StreamFilter.Matcher>> merged = new ArrayList<>();
    List<Filter> times = new ArrayList<>();
    List<Filter> others = new ArrayList<>();
    for (Filter filter : flat(filters)) {
      switch (filter) {
        case AllFilter ignored -> {}
        case StreamFilter stream when stream.alternatives().size() == 1 ->
            merged.add(stream.alternatives().getFirst());
        case StreamFilter stream -> streams.add(stream);
        case StreamIdFilter ids -> streams.add(ids);
        case TimeFilter time -> times.add(time);
        case DayRangeFilter time -> times.add(time);
        case WeekRangeFilter time -> times.add(time);
        default -> others.add(filter);
      }
    }
    if (!merged.isEmpty()) {
      streams.addFirst(new StreamFilter(List.of(merged.stream().flatMap(List::stream).toList())));
    }
    streams.addAll(times);
    streams.addAll(others);
    return switch (streams.size()) {
      case 0 -> new AllFilter();
      case 1 -> streams.getFirst();
      default -> new AndFilter(streams);
    };
  }

  private static List<Filter> flat(List<Filter> filters) {
    List<Filter> flat = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter instanceof AndFilter and) {
        flat.addAll(and.filters());
      } else {
        flat.add(filter);
      }
    }
    return flat;
  }

  /** A filter that some field with a name of a pattern has to pass, each part some other one. */
  static Filter ofAnyField(FieldPattern names, Filter filter) {
    return switch (filter) {
      case AndFilter and ->
          and(and.filters().stream().map((part) -> ofAnyField(names, part)).toList());
      case OrFilter or -> or(or.filters().stream().map((part) -> ofAnyField(names, part)).toList());
      case NotFilter not -> not(ofAnyField(names, not.filter()));
      case AllFilter all -> all;
      default -> new AnyFieldFilter(names, filter);
    };
  }

  static Filter not(Filter filter) {
    return (filter instanceof NotFilter not) ? not.filter() : new NotFilter(filter);
  }
}
