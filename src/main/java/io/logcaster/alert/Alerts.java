package io.logcaster.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules and alerts as other parts of the server see them. Thread-safe. */
public interface Alerts {

  /** A rule by its id; empty if it does not exist (any more). */
  Optional<RuleInfo> rule(String id);

  /** All rules. */
  List<RuleInfo> rules();

  /** The alerts that are pending or firing, firing ones first, then the most serious, by time. */
  List<ActiveAlert> active();

  /** Changes with a larger sequence, the oldest first. */
  List<AlertChange> changesAfter(long sequence, int limit);

  /** The latest sequence in the history; 0 if it is empty. */
  long lastSequence();

  /**
   * The search for the records behind an alert: the part of the rule's query before its stats pipe,
   * narrowed to the alert's labels.
   *
   * @param time when the value was found; the range ends there
   * @return empty if the rule does not exist (any more)
   */
  Optional<RecordSearch> records(String rule, Map<String, String> labels, Instant time);

  /** Whether this node evaluates the rules; of several nodes, one does. */
  default boolean isOnDuty() {
    return true;
  }

  /** Whether several nodes share the rules and alerts. */
  default boolean isShared() {
    return false;
  }

  /**
   * Makes the present transaction fail if another node evaluates the rules by now.
   *
   * @throws RuntimeException if it does
   */
  default void verifyDuty() {}

  /**
   * A search for records.
   *
   * @param query in LogsQL, without a stats pipe
   * @param start the earliest time, included
   * @param end the latest time, excluded
   */
  record RecordSearch(String query, Instant start, Instant end) {}
}
