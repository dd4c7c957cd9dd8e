package io.logcaster.upkeep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deletion by query.
 *
 * @param minTime the earliest time, included, in nanoseconds since the epoch
 * @param maxTime the latest time, included
 * @param deleted how many records are gone
 * @param done how many segments are gone through
 * @param total how many there are to go through; 0 before it is known
 * @param error why it failed; null where it did not
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

  /** How far a task is. */
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

  /** With how far it is now. */
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
