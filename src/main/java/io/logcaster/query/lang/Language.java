package io.logcaster.query.lang;

import io.logcaster.query.ast.Keywords;
import java.util.Set;

/** The names that the parser knows, in lower case, those of aliases included. */
public final class Language {

  private Language() {}

  public static Set<String> pipes() {
    return Keywords.PIPES;
  }

  /**
   * The functions of {@code stats}; {@code running_stats} and {@code total_stats} have their own.
   */
  public static Set<String> statsFunctions() {
    return Keywords.STATS;
  }

  /** The filters that are written like functions, as in {@code field:name(…)}. */
  public static Set<String> filters() {
    return Keywords.FILTERS;
  }
}
