package io.logcaster.query.ast;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stats functions, with what the parser and the planner have to know of each. The constant's
 * name in lower case is the function's name. To add a function, add a constant; the compiler then
 * requires its implementation in {@code query.exec.stats}.
 */
public enum StatsFunction {
  ANY(Arguments.ONE_FIELD, Trait.OF_GROUPS),
  AVG(Arguments.FIELDS, Trait.OF_GROUPS, Trait.COUNTED),
  COUNT(Arguments.FIELDS, Trait.OF_GROUPS, Trait.RUNNING, Trait.COUNTED, Trait.GROWING),
  COUNT_EMPTY(Arguments.FIELDS, Trait.OF_GROUPS, Trait.COUNTED, Trait.GROWING),
  COUNT_UNIQ(Arguments.NAMED_FIELDS, Trait.OF_GROUPS, Trait.LIMITED, Trait.COUNTED, Trait.GROWING),
  COUNT_UNIQ_HASH(
      Arguments.NAMED_FIELDS, Trait.OF_GROUPS, Trait.LIMITED, Trait.COUNTED, Trait.GROWING),
  FIELD_MAX(Arguments.TWO_FIELDS, Trait.OF_GROUPS),
  FIELD_MIN(Arguments.TWO_FIELDS, Trait.OF_GROUPS),
  FIRST(Arguments.ONE_FIELD, Trait.RUNNING),
  HISTOGRAM(Arguments.ONE_FIELD, Trait.OF_GROUPS, Trait.COUNTED),
  JSON_VALUES(Arguments.FIELDS, Trait.OF_GROUPS, Trait.LIMITED, Trait.SORTED),
  LAST(Arguments.ONE_FIELD, Trait.RUNNING),
  MAX(Arguments.FIELDS, Trait.OF_GROUPS, Trait.RUNNING, Trait.COUNTED, Trait.GROWING),
  MEDIAN(Arguments.FIELDS, Trait.OF_GROUPS, Trait.COUNTED),
  MIN(Arguments.FIELDS, Trait.OF_GROUPS, Trait.RUNNING, Trait.COUNTED),
  QUANTILE(Arguments.PHI_AND_FIELDS, Trait.OF_GROUPS, Trait.COUNTED),
  RATE(Arguments.NONE, Trait.OF_GROUPS, Trait.COUNTED, Trait.GROWING),
  RATE_SUM(Arguments.FIELDS, Trait.OF_GROUPS, Trait.COUNTED),
  ROW_ANY(Arguments.FIELDS, Trait.OF_GROUPS),
  ROW_MAX(Arguments.KEY_AND_FIELDS, Trait.OF_GROUPS),
  ROW_MIN(Arguments.KEY_AND_FIELDS, Trait.OF_GROUPS),
  STDDEV(Arguments.FIELDS, Trait.OF_GROUPS),
  SUM(Arguments.FIELDS, Trait.OF_GROUPS, Trait.RUNNING, Trait.COUNTED),
  SUM_LEN(Arguments.FIELDS, Trait.OF_GROUPS, Trait.COUNTED, Trait.GROWING),
  UNIQ_VALUES(Arguments.FIELDS, Trait.OF_GROUPS, Trait.LIMITED, Trait.COUNTED),
  VALUES(Arguments.FIELDS, Trait.OF_GROUPS, Trait.LIMITED);

  private static final Map<String, StatsFunction> BY_NAME =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(StatsFunction::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);

  private final Arguments arguments;

  @SuppressWarnings("ImmutableEnumChecker") // The set is unmodifiable.
  private final Set<Trait> traits;

  /** What stands between the parentheses of a function. */
  public enum Arguments {
    /** Nothing. */
    NONE,
    /** Any number of patterns of field names; none means all fields. */
    FIELDS,
    /** At least one field, by name. */
    NAMED_FIELDS,
    /** One field, by name. */
    ONE_FIELD,
    /** Two fields, by name. */
    TWO_FIELDS,
    /** The field to compare, by name, and patterns of the fields to give; none means all. */
    KEY_AND_FIELDS,
    /** A number from 0 to 1, then as {@link #FIELDS}. */
    PHI_AND_FIELDS
  }

  private enum Trait {
    OF_GROUPS,
    RUNNING,
    LIMITED,
    SORTED,
    COUNTED,
    GROWING
  }

  StatsFunction(Arguments arguments, Trait first, Trait... others) {
    this.arguments = arguments;
    traits = Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  /** The function with a name in lower case; null if there is none. */
  public static @Nullable StatsFunction of(String text) {
    return BY_NAME.get(text);
  }

  /** The function's name as a query spells it. */
  public String text() {
    return text;
  }

  /** What the function takes. */
  public Arguments arguments() {
    return arguments;
  }

  /** Whether the {@code stats} pipe has the function. */
  public boolean isOfGroups() {
    return traits.contains(Trait.OF_GROUPS);
  }

  /**
   * Whether the function's result is known after each row, so that {@code running_stats} and {@code
   * total_stats} have it.
   */
  public boolean isRunning() {
    return traits.contains(Trait.RUNNING);
  }

  /** Whether {@code limit} may follow the function. */
  public boolean isLimited() {
    return traits.contains(Trait.LIMITED);
  }

  /** Whether {@code sort} may follow the function. */
  public boolean isSorted() {
    return traits.contains(Trait.SORTED);
  }

  /**
   * Whether the function takes rows that agree in its fields as one row with their count, so that
   * an index can answer it.
   */
  public boolean isCounted() {
    return traits.contains(Trait.COUNTED);
  }

  /** Whether more records can only make the result larger. */
  public boolean isGrowing() {
    return traits.contains(Trait.GROWING);
  }
}
