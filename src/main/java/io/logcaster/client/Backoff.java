package io.logcaster.client;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with jitter: the delay doubles with each failure up to a limit, and up to
 * half of it is randomly subtracted, so that many clients do not return at once.
 */
final class Backoff {

  private final long firstNanos;
  private final long maxNanos;
  private int failures;

  Backoff(long firstNanos, long maxNanos) {
    this.firstNanos = firstNanos;
    this.maxNanos = maxNanos;
  }

  void succeeded() {
    failures = 0;
  }

  /** Counts a failure and returns the nanoseconds to wait. */
  long failed() {
    long most = maxNanos;
    // The shift is limited to avoid an overflow, far above any sensible limit.
    if (failures < 30 && firstNanos << failures < maxNanos) {
      most = firstNanos << failures;
    }
    failures++;
    return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
  }
}
