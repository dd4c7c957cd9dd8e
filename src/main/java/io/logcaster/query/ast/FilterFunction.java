package io.logcaster.query.ast;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters that are written as functions. The constant's name in lower case is the function's
 * name. To add a function, add a constant; the compiler then requires its parser in {@code
 * query.lang}.
 */
public enum FilterFunction {
  CONTAINS_ALL(true),
  CONTAINS_ANY(true),
  CONTAINS_COMMON_CASE(true),
  EQ_FIELD(false),
  EQUALS_COMMON_CASE(true),
  EXACT(false),
  I(false),
  IN(false),
  IPV4_RANGE(false),
  IPV6_RANGE(false),
  JSON_ARRAY_CONTAINS_ANY(false),
  LE_FIELD(false),
  LEN_RANGE(false),
  LT_FIELD(false),
  PATTERN_MATCH(false),
  PATTERN_MATCH_FULL(false),
  PATTERN_MATCH_PREFIX(false),
  PATTERN_MATCH_SUFFIX(false),
  RANGE(false),
  RE(false),
  SEQ(false),
  STRING_RANGE(false),
  VALUE_TYPE(false);

  private static final Map<String, FilterFunction> BY_NAME =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(FilterFunction::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);

  private final boolean list;

  FilterFunction(boolean list) {
    this.list = list;
  }

  /** The function with a name in lower case; null if there is none. */
  public static @Nullable FilterFunction of(String text) {
    return BY_NAME.get(text);
  }

  /** The function's name as a query spells it. */
  String text() {
    return text;
  }

  /**
   * Whether the name is never searched for as a plain word: most likely the list after it is
   * missing.
   */
  public boolean isList() {
    return list;
  }
}
