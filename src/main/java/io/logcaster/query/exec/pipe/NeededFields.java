package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.CoalescePipe;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.GenerateSequencePipe;
import io.logcaster.query.ast.JsonArrayConcatPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.QueryStatsPipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.SplitPipe;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StatsPipe.Calculation;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeAddPipe;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what of the records pipes look at, so that a scan reads no more. */
public final class NeededFields {

  private final Set<String> fields = new HashSet<>();

  /** Whether a filter asks fields whose names are not known. */
  private boolean anyField;

  private NeededFields() {}

  /** The fields that pipes read, null where that may be all. */
  public static @Nullable Set<String> of(List<Pipe> pipes) {
    NeededFields needed = new NeededFields();
    for (Pipe pipe : pipes) {
      switch (pipe) {
        case LimitPipe ignored -> {}
        case OffsetPipe ignored -> {}
        case FilterPipe filter -> needed.add(filter.filter());
        case SortPipe sort when !sort.keys().isEmpty() -> {
          sort.keys().stream().map(SortKey::field).forEach(needed.fields::add);
          needed.fields.addAll(sort.partition());
        }
        case CoalescePipe coalesce when needed.addAll(coalesce.fields()) -> {}
        case JsonArrayConcatPipe concat -> needed.fields.add(concat.field());
        case SplitPipe split -> needed.fields.add(split.field());
        case TimeAddPipe add -> needed.fields.add(add.field());
        case RunningStatsPipe stats -> {
          needed.fields.add(Field.TIME);
          if (!needed.add(stats.by(), stats.calculations())) {
            return null;
          }
        }
        case GenerateSequencePipe ignored -> {
          return needed.known();
        }
        case QueryStatsPipe ignored -> {
          return needed.known();
        }
        case FieldsPipe chosen -> {
          return needed.addAll(chosen.fields()) ? needed.known() : null;
        }
        case StatsPipe stats -> {
          return needed.add(stats.by(), stats.calculations()) ? needed.known() : null;
        }
        case UniqPipe uniq -> {
          needed.fields.addAll(uniq.fields());
          return needed.known();
        }
        case TopPipe top -> {
          needed.fields.addAll(top.fields());
          return needed.known();
        }
        case FieldValuesPipe values -> {
          needed.fields.add(values.field());
          return needed.known();
        }
        default -> {
          return null;
        }
      }
    }
    return null;
  }

  private @Nullable Set<String> known() {
    return anyField ? null : fields;
  }

  /**
   * The fields that a filter reads, where rows that agree in them all pass or all do not; null
   * where the filter asks for more of a row than these values.
   *
   * @param within whether the time filters that all rows have to meet are known to be met
   */
  public static @Nullable Set<String> ofValues(Filter filter, boolean within) {
    NeededFields needed = new NeededFields();
    needed.add(filter);
    return !needed.anyField
            && needed.isOfValues(filter, within)
            && !needed.fields.contains(Field.TIME)
        ? needed.fields
        : null;
  }

  private boolean isOfValues(Filter filter, boolean within) {
    return switch (filter) {
      case TimeFilter time -> within;
      case AndFilter and ->
          and.filters().stream()
              .allMatch((part) -> isOfValues(part, within && part instanceof TimeFilter));
      case OrFilter or -> or.filters().stream().allMatch((part) -> isOfValues(part, false));
      case NotFilter not -> isOfValues(not.filter(), false);
      case DayRangeFilter ignored -> false;
      case WeekRangeFilter ignored -> false;
      case ValueTypeFilter ignored -> false;
      case StreamFilter ignored -> fields.add(Field.STREAM) || fields.contains(Field.STREAM);
      case StreamIdFilter ignored -> fields.add(Field.STREAM) || fields.contains(Field.STREAM);
      default -> true;
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
      if (!(pipe instanceof FilterPipe
          || pipe instanceof FieldsPipe
          || pipe instanceof OffsetPipe)) {
        return false;
      }
    }
    return false;
  }

  private boolean addAll(List<FieldPattern> patterns) {
    for (FieldPattern pattern : patterns) {
      if (pattern.prefix()) {
        return false;
      }
      fields.add(pattern.name());
    }
    return true;
  }

  private boolean add(List<Bucket> by, List<Calculation> calculations) {
    by.stream().map(Bucket::field).forEach(fields::add);
    for (Calculation calculation : calculations) {
      String name = calculation.function().name();
      boolean countsRows =
          (name.equals("count") || name.equals("rate"))
              && FieldPattern.isAll(calculation.function().fields());
      boolean wholeRow = name.startsWith("row_m") && calculation.function().fields().size() == 1;
      if (wholeRow || (!countsRows && !addAll(calculation.function().fields()))) {
        return false;
      }
      calculation.function().sort().stream().map(SortKey::field).forEach(fields::add);
      if (calculation.condition() != null) {
        add(calculation.condition());
      }
    }
    return true;
  }

  private void add(Filter filter) {
    switch (filter) {
      case AndFilter and -> and.filters().forEach(this::add);
      case OrFilter or -> or.filters().forEach(this::add);
      case NotFilter not -> add(not.filter());
      case AllFilter ignored -> {}
      case TimeFilter ignored -> {}
      case DayRangeFilter ignored -> {}
      case WeekRangeFilter ignored -> {}
      case StreamFilter ignored -> {}
      case StreamIdFilter ignored -> {}
      case ValueFilter test -> fields.add(test.field());
      case ValueTypeFilter test -> fields.add(test.field());
      case AnyFieldFilter ignored -> anyField = true;
      case FieldCompareFilter test -> {
        fields.add(test.field());
        fields.add(test.other());
      }
    }
  }
}
