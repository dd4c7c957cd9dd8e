package io.logcaster.delivery;

import java.time.Instant;

/**
 * Numbers of a sender that did not arrive.
 *
 * @param from the first
 * @param to the last
 * @param count how many are missing; fewer than the range holds where old gaps were joined
 * @param after when the number before them arrived
 * @param before when the number after them arrived
 * @param found when the gap was found
 * @param verified whether it is certain that the server did not store them just before it was
 *     killed
 */
record Gap(
    long from,
    long to,
    long count,
    Instant after,
    Instant before,
    Instant found,
    boolean verified) {

  /** Whether every number of the range is missing. */
  boolean isExact() {
    return count == to - from + 1;
  }

  /** A part of an exact gap. */
  Gap part(long first, long last) {
    return new Gap(first, last, last - first + 1, after, before, found, verified);
  }

  Gap asVerified() {
    return new Gap(from, to, count, after, before, found, true);
  }

  /** One gap for this and a later one. */
  Gap join(Gap later) {
    return new Gap(
        Math.min(from, later.from),
        Math.max(to, later.to),
        count + later.count,
        after,
        later.before,
        later.found.isAfter(found) ? later.found : found,
        verified && later.verified);
  }
}
