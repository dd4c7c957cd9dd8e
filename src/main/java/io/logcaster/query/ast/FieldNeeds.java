package io.logcaster.query.ast;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields that a pipe, a filter or a stats function reads. Filters of time and stream name none,
 * because every scan has both.
 *
 * @param fields the names of the fields
 * @param everything whether any other field may be read as well
 */
public record FieldNeeds(Set<String> fields, boolean everything) {

  /** Reads no field. */
  public static final FieldNeeds NOTHING = new FieldNeeds(Set.of(), false);

  /** May read any field. */
  static final FieldNeeds EVERYTHING = new FieldNeeds(Set.of(), true);

  public FieldNeeds {
    fields = Set.copyOf(fields);
  }

  /** Reads one field. */
  static FieldNeeds of(String field) {
    return new FieldNeeds(Set.of(field), false);
  }

  /** Reads fields by their names. */
  static FieldNeeds ofNames(Collection<String> fields) {
    return new FieldNeeds(Set.copyOf(fields), false);
  }

  /** Reads the fields of sort keys. */
  static FieldNeeds ofKeys(List<SortKey> keys) {
    return ofNames(keys.stream().map(SortKey::field).toList());
  }

  /** Reads what patterns match: everything as soon as one of them is a prefix. */
  static FieldNeeds of(List<FieldPattern> patterns) {
    return patterns.stream().anyMatch(FieldPattern::prefix)
        ? EVERYTHING
        : ofNames(patterns.stream().map(FieldPattern::name).toList());
  }

  /** Reads what a filter looks at. */
  public static FieldNeeds of(Filter filter) {
    return switch (filter) {
      case AndFilter and -> all(and.filters());
      case OrFilter or -> all(or.filters());
      case NotFilter not -> of(not.filter());
      case AllFilter ignored -> NOTHING;
      case TimeFilter ignored -> NOTHING;
      case DayRangeFilter ignored -> NOTHING;
      case WeekRangeFilter ignored -> NOTHING;
      case StreamFilter ignored -> NOTHING;
      case StreamIdFilter ignored -> NOTHING;
      case ValueFilter value -> of(value.field());
      case ValueTypeFilter type -> of(type.field());
      case AnyFieldFilter ignored -> EVERYTHING;
      case FieldCompareFilter compare -> of(compare.field()).and(of(compare.other()));
    };
  }

  private static FieldNeeds all(List<Filter> filters) {
    FieldNeeds needs = NOTHING;
    for (Filter filter : filters) {
      needs = needs.and(of(filter));
    }
    return needs;
  }

  /** Reads these fields and others. */
  public FieldNeeds and(FieldNeeds other) {
    if (everything || other.everything) {
      return EVERYTHING;
    }
    if (other.fields.isEmpty()) {
      return this;
    }
    Set<String> both = new HashSet<>(fields);
    both.addAll(other.fields);
    return new FieldNeeds(both, false);
  }
}
