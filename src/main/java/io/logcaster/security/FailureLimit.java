package io.logcaster.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses passwords: an address may be wrong {@value #ALLOWED} times at once and
 * then once every {@value #SECONDS_EACH} seconds, which is ten thousand guesses a day.
 *
 * <p>Remembers the {@value #ADDRESSES} addresses that failed last, about a megabyte; who owns more
 * addresses than that is not stopped by counting them. Thread-safe.
 */
final class FailureLimit {

  /** A person mistypes a few times; a browser asks for some files of a page at once. */
  static final int ALLOWED = 20;

  static final int SECONDS_EACH = 8;

  static final int ADDRESSES = 10_000;

  private static final Duration EACH = Duration.ofSeconds(SECONDS_EACH);

  private final Clock clock;

  /**
   * When the failures of an address will be forgotten: each moves it on by {@link #EACH}. Who
   * failed last is last.
   */
  private final LinkedHashMap<String, Instant> forgotten = new LinkedHashMap<>();

  FailureLimit(Clock clock) {
    this.clock = clock;
  }

  /** Refuses an address that was wrong too often. */
  synchronized void check(String address) throws TooManyFailuresException {
    Instant until = forgotten.get(address);
    if (until != null) {
      Duration left = Duration.between(clock.instant(), until);
      if (left.compareTo(EACH.multipliedBy(ALLOWED - 1L)) > 0) {
        throw new TooManyFailuresException(SECONDS_EACH);
      }
    }
  }

  /** Notes that an address was wrong. */
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
