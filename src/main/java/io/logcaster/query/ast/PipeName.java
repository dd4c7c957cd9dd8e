package io.logcaster.query.ast;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of pipes. The constant's name in lower case is the pipe's name; some pipes have
 * aliases. To add a pipe, add a constant; the compiler then requires its parser in {@code
 * query.lang}.
 */
public enum PipeName {
  BLOCK_STATS,
  BLOCKS_COUNT,
  COALESCE,
  COLLAPSE_NUMS,
  COPY("cp"),
  DECOLORIZE,
  DELETE("del", "drop", "rm"),
  DROP_EMPTY_FIELDS,
  EXTRACT,
  EXTRACT_REGEXP,
  FACETS,
  FIELD_NAMES,
  FIELD_VALUES,
  FIELDS("keep"),
  FILTER("where"),
  FIRST,
  FORMAT,
  GENERATE_SEQUENCE,
  HASH,
  JOIN,
  JSON_ARRAY_CONCAT,
  JSON_ARRAY_LEN,
  LAST,
  LEN,
  LIMIT("head"),
  MATH("eval"),
  OFFSET("skip"),
  PACK_JSON,
  PACK_LOGFMT,
  PATTERN,
  QUERY_STATS,
  RENAME("mv"),
  REPLACE,
  REPLACE_REGEXP,
  RUNNING_STATS,
  SAMPLE,
  SET_STREAM_FIELDS,
  SORT("order"),
  SPLIT,
  STATS("stats_remote"),
  STREAM_CONTEXT,
  TIME_ADD,
  TOP,
  TOTAL_STATS,
  UNION,
  UNIQ,
  UNPACK_JSON,
  UNPACK_LOGFMT,
  UNPACK_SYSLOG,
  UNPACK_WORDS,
  UNROLL;

  private static final Map<String, PipeName> BY_TEXT =
      Stream.of(values())
          .flatMap((name) -> name.texts().map((text) -> Map.entry(text, name)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  @SuppressWarnings("ImmutableEnumChecker") // The list is unmodifiable.
  private final List<String> aliases;

  PipeName(String... aliases) {
    this.aliases = List.of(aliases);
  }

  /** The pipe with a name or alias in lower case; null if there is none. */
  public static @Nullable PipeName of(String text) {
    return BY_TEXT.get(text);
  }

  /** The name and its aliases, as a query spells them. */
  Stream<String> texts() {
    return Stream.concat(Stream.of(name().toLowerCase(Locale.ROOT)), aliases.stream());
  }
}
