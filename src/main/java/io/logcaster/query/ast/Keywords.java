package io.logcaster.query.ast;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that have a meaning of their own in a query. As plain text to search for they need
 * quotes.
 */
public final class Keywords {

  /** The names of pipes. */
  public static final Set<String> PIPES =
      Set.of(
          "block_stats",
          "blocks_count",
          "coalesce",
          "collapse_nums",
          "copy",
          "cp",
          "decolorize",
          "del",
          "delete",
          "drop",
          "drop_empty_fields",
          "eval",
          "extract",
          "extract_regexp",
          "facets",
          "field_names",
          "field_values",
          "fields",
          "filter",
          "first",
          "format",
          "generate_sequence",
          "hash",
          "head",
          "join",
          "json_array_concat",
          "json_array_len",
          "keep",
          "last",
          "len",
          "limit",
          "math",
          "mv",
          "offset",
          "order",
          "pack_json",
          "pack_logfmt",
          "pattern",
          "query_stats",
          "rename",
          "replace",
          "replace_regexp",
          "rm",
          "running_stats",
          "sample",
          "set_stream_fields",
          "skip",
          "sort",
          "split",
          "stats",
          "stats_remote",
          "stream_context",
          "time_add",
          "top",
          "total_stats",
          "union",
          "uniq",
          "unpack_json",
          "unpack_logfmt",
          "unpack_syslog",
          "unpack_words",
          "unroll",
          "where");

  /** The names of the functions of the {@code stats} pipe. */
  public static final Set<String> STATS =
      Stream.of(StatsFunction.values())
          .filter(StatsFunction::isOfGroups)
          .map(StatsFunction::text)
          .collect(Collectors.toUnmodifiableSet());

  /** The names of filters that are written as functions. */
  public static final Set<String> FILTERS =
      Set.of(
          "contains_all",
          "contains_any",
          "contains_common_case",
          "eq_field",
          "equals_common_case",
          "exact",
          "i",
          "in",
          "ipv4_range",
          "ipv6_range",
          "json_array_contains_any",
          "le_field",
          "len_range",
          "lt_field",
          "pattern_match",
          "pattern_match_full",
          "pattern_match_prefix",
          "pattern_match_suffix",
          "range",
          "re",
          "seq",
          "string_range",
          "value_type");

  /**
   * Filters whose names are never searched for as plain words: most likely the list after them is
   * missing.
   */
  private static final Set<String> LISTS =
      Set.of("contains_all", "contains_any", "contains_common_case", "equals_common_case");

  private static final Set<String> OTHERS =
      Set.of(
          "and",
          "as",
          "asc",
          "at",
          "by",
          "default",
          "desc",
          "from",
          "hits",
          "if",
          "inner",
          "not",
          "now",
          "on",
          "options",
          "or",
          "partition",
          "prefix",
          "rank",
          "with",
          "xor");

  private Keywords() {}

  /**
   * Whether a word, in any case, has a meaning of its own, so that as a plain word it needs quotes.
   */
  public static boolean isReserved(String word) {
    String folded = word.toLowerCase(Locale.ROOT);
    return PIPES.contains(folded)
        || STATS.contains(folded)
        || FILTERS.contains(folded)
        || OTHERS.contains(folded);
  }

  /** Whether a word can be searched for only in quotes. */
  public static boolean isList(String word) {
    return LISTS.contains(word.toLowerCase(Locale.ROOT));
  }
}
