package io.logcaster.alert.condition;

import java.util.Map;

/**
 * What arriving records tell of a rule's window that ends now: how many records each group of its
 * query has, between two limits. Without by-fields there is one group, which may have none.
 */
public interface Arrivals {

  /** The most records that a group may have; {@link Long#MAX_VALUE} if not all are counted. */
  long most();

  /**
   * Whether a group passes a test; true also if not all groups are known. Groups that surely have
   * no records are left out.
   */
  boolean anyGroup(GroupCheck test);

  /** The key of a group by its labels. */
  long key(Map<String, String> labels);

  /** How many records a group has at least. */
  long least(long key);

  /** Tests a group. */
  @FunctionalInterface
  interface GroupCheck {

    /**
     * @param key identifies the group
     * @param least how many records it has at least
     * @param most and at most
     */
    boolean test(long key, long least, long most);
  }
}
