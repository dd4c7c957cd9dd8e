package io.logcaster.upkeep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deletion by query.
 *
 * @param minTime the earliest time, included, in nanoseconds since the epoch
 * @param maxTime the latest time, included
 * @param deleted the number of deleted records
 * @param done the number of processed segments
 * @param total the number of segments to process; 0 before it is known
 * @param error why it failed; null if it did not
 */
record DeleteTask(
    String id,
    String query,
    long minTime,
    long maxTime,
    State state,
    long deleted,
    int done,
    int total,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant finished,
    @Nullable String error) {

  /** The state of a task. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    boolean isOver() {
      return this != WAITING && this != RUNNING;
    }
  }

  DeleteTask started(Instant now) {
    return new DeleteTask(
        id, query, minTime, maxTime, State.RUNNING, deleted, 0, 0, created, now, null, null);
  }

  /** A copy with new progress. */
  DeleteTask at(int done, int total, long deleted) {
    return new DeleteTask(
        id, query, minTime, maxTime, state, deleted, done, total, created, started, finished,
        error);
  }

  DeleteTask over(State state, Instant now, @Nullable String error) {
    return new DeleteTask(
        id, query, minTime, maxTime, state, deleted, done, total, created, started, now, error);
  }
}
