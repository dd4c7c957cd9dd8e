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

  /** The names of pipes, those of aliases included. */
  public static final Set<String> PIPES =
      Stream.of(PipeName.values()).flatMap(PipeName::texts).collect(Collectors.toUnmodifiableSet());

  /** The names of the functions of the {@code stats} pipe. */
  public static final Set<String> STATS =
      Stream.of(StatsFunction.values())
          .filter(StatsFunction::isOfGroups)
          .map(StatsFunction::text)
          .collect(Collectors.toUnmodifiableSet());

  /** The names of filters that are written as functions. */
  public static final Set<String> FILTERS =
      Stream.of(FilterFunction.values())
          .map(FilterFunction::text)
          .collect(Collectors.toUnmodifiableSet());

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
  static boolean isReserved(String word) {
    String folded = word.toLowerCase(Locale.ROOT);
    return PIPES.contains(folded)
        || STATS.contains(folded)
        || FILTERS.contains(folded)
        || OTHERS.contains(folded);
  }
}
