package io.logcaster.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries that somebody or something keeps asking. Each feature that has some is a bean of this.
 */
public interface QueryUses {

  /** Who asks. */
  enum Kind {
    PERSON,
    SEARCH,
    DASHBOARD,
    RULE
  }

  /**
   * A query in use.
   *
   * @param kind who asks
   * @param name the name of the person, the search, the dashboard or the rule
   * @param query its text
   * @param times how often it was asked; 0 where nobody counts
   * @param last when it was last asked; null where nobody remembers
   */
  record Use(Kind kind, String name, String query, long times, @Nullable Instant last) {}

  /** The queries in use, in any order. */
  List<Use> uses();
}
