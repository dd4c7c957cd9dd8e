package io.logcaster.alert.condition;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The groups that rules of kind {@code absence} have seen. Thread-safe. */
public interface KnownGroups {

  /**
   * A group.
   *
   * @param lastSeen about when it last had records
   */
  record Group(Map<String, String> labels, Instant lastSeen) {}

  /** The groups that a rule has seen with a query; empty for a new rule or another query. */
  List<Group> of(String rule, String query);

  /** Replaces the groups of a rule. */
  void begin(String rule, String query, List<Group> groups);

  /** Adds groups to a rule, or updates them. */
  void put(String rule, List<Group> groups);

  /** Forgets groups of a rule. */
  void remove(String rule, List<Map<String, String>> labels);
}
