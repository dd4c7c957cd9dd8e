package io.logcaster.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down password guessing: an address may be wrong {@value #ALLOWED} times in a row and then
 * once every {@value #SECONDS_EACH} seconds, which allows about ten thousand guesses a day.
 *
 * <p>Remembers the {@value #ADDRESSES} addresses that failed most recently, in about a megabyte. An
 * attacker with more addresses than that cannot be stopped by counting them. Thread-safe.
 */
final class FailureLimit {

  /**
   * Leaves room for a few typing errors, and for a browser that requests several files of a page at
   * once.
   */
  static final int ALLOWED = 20;

  static final int SECONDS_EACH = 8;

  static final int ADDRESSES = 10_000;

  private static final Duration EACH = Duration.ofSeconds(SECONDS_EACH);

  private final Clock clock;

  /**
   * When the failures of an address will be forgotten; each failure adds {@link #EACH}. Ordered by
   * the last failure.
   */
  private final LinkedHashMap<String, Instant> forgotten = new LinkedHashMap<>();

  FailureLimit(Clock clock) {
    this.clock = clock;
  }

  /** Throws if an address was wrong too often. */
  synchronized void check(String address) throws TooManyFailuresException {
    Instant until = forgotten.get(address);
    if (until != null) {
      Duration left = Duration.between(clock.instant(), until);
      if (left.compareTo(EACH.multipliedBy(ALLOWED - 1L)) > 0) {
        throw new TooManyFailuresException(SECONDS_EACH);
      }
    }
  }

  /** Counts a failure of an address. */
  synchronized void failed(String address) {
    Instant now = clock.instant();
    Instant until = forgotten.remove(address);
    forgotten.put(address, ((until == null || until.isBefore(now)) ? now : until).plus(EACH));
    if (forgotten.size() > ADDRESSES) {
      Iterator<Map.Entry<String, Instant>> oldest = forgotten.entrySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized int size() {
    return forgotten.size();
  }
}
