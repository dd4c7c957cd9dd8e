package io.logcaster.client;

/** What happens to a record for which the queue has no room. */
public enum Overflow {
  /** The caller waits until there is room. */
  BLOCK,
  /** The record is dropped and counted. */
  DROP_NEWEST,
  /** The oldest records that are not in flight are dropped and counted. */
  DROP_OLDEST,
  /** The record is counted as dropped, and the caller gets a {@link QueueFullException}. */
  FAIL
}
