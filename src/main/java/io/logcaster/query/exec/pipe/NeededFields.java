package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.FieldNeeds;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.PipeTraits;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which fields of the records a query reads, so that a scan decodes no others. */
public final class NeededFields {

  private NeededFields() {}

  /** The fields that pipes read, null where any field may be read or is part of the result. */
  public static @Nullable Set<String> of(List<Pipe> pipes) {
    FieldNeeds needs = FieldNeeds.NOTHING;
    for (Pipe pipe : pipes) {
      PipeTraits traits = pipe.traits();
      needs = needs.and(traits.needs());
      if (needs.everything()) {
        return null;
      }
      if (traits.closing()) {
        return needs.fields();
      }
    }
    return null;
  }

  /**
   * The fields whose values alone decide whether a filter selects a row; null where the filter
   * looks at more of a row than these values.
   *
   * @param within whether the filters of time that all rows have to meet are known to be met
   */
  public static @Nullable Set<String> ofValues(Filter filter, boolean within) {
    FieldNeeds needs = FieldNeeds.of(filter);
    if (needs.everything() || needs.fields().contains(Field.TIME) || !isOfValues(filter, within)) {
      return null;
    }
    Set<String> fields = new HashSet<>(needs.fields());
    if (asksStream(filter)) {
      fields.add(Field.STREAM);
    }
    return fields;
  }

  private static boolean isOfValues(Filter filter, boolean within) {
    return switch (filter) {
      case TimeFilter ignored -> within;
      case AndFilter and ->
          and.filters().stream()
              .allMatch((part) -> isOfValues(part, within && part instanceof TimeFilter));
      case OrFilter or -> or.filters().stream().allMatch((part) -> isOfValues(part, false));
      case NotFilter not -> isOfValues(not.filter(), false);
      case DayRangeFilter ignored -> false;
      case WeekRangeFilter ignored -> false;
      case ValueTypeFilter ignored -> false;
      case AllFilter ignored -> true;
      case AnyFieldFilter ignored -> true;
      case FieldCompareFilter ignored -> true;
      case StreamFilter ignored -> true;
      case StreamIdFilter ignored -> true;
      case ValueFilter ignored -> true;
    };
  }

  private static boolean asksStream(Filter filter) {
    return switch (filter) {
      case AndFilter and -> and.filters().stream().anyMatch(NeededFields::asksStream);
      case OrFilter or -> or.filters().stream().anyMatch(NeededFields::asksStream);
      case NotFilter not -> asksStream(not.filter());
      case StreamFilter ignored -> true;
      case StreamIdFilter ignored -> true;
      case AllFilter ignored -> false;
      case AnyFieldFilter ignored -> false;
      case DayRangeFilter ignored -> false;
      case FieldCompareFilter ignored -> false;
      case TimeFilter ignored -> false;
      case ValueFilter ignored -> false;
      case ValueTypeFilter ignored -> false;
      case WeekRangeFilter ignored -> false;
    };
  }

  /**
   * Whether a query may have enough before all records are read, so that the newest should come
   * first.
   */
  public static boolean endsEarly(List<Pipe> pipes) {
    for (Pipe pipe : pipes) {
      if (pipe instanceof LimitPipe) {
        return true;
      }
      switch (pipe.traits().effect()) {
        case SELECTS, CUTS -> {}
        case MAPS, COMBINES -> {
          return false;
        }
      }
    }
    return false;
  }
}
