package io.logcaster.security;

import io.logcaster.system.Printable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests with wrong credentials for the metric {@code logcaster_auth_failures_total} and
 * logs who sends them, at most once every {@value #SECONDS} seconds. Thread-safe.
 */
final class FailedLogins implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);

  private static final int SECONDS = 10;

  private static final int LONGEST_NAME = 100;

  private final Clock clock;
  private final AtomicLong count = new AtomicLong();
  private Instant next = Instant.MIN;
  private long reported;

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts a failure.
   *
   * @param name the claimed name, or the kind of credentials
   * @param address where it comes from
   */
  void note(String name, String address) {
    long now = count.incrementAndGet();
    synchronized (this) {
      Instant present = clock.instant();
      if (present.isBefore(next)) {
        return;
      }
      next = present.plus(Duration.ofSeconds(SECONDS));
      long others = Math.max(0, now - reported - 1);
      reported = now;
      LOG.warn(
          "Wrong credentials for '{}' from {}{}",
          Printable.line(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name),
          address,
          (others == 0) ? "" : ", and " + others + " more since the last message");
    }
  }

  long count() {
    return count.get();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("logcaster.auth.failures", count, AtomicLong::get)
        .description("Requests with wrong credentials")
        .register(registry);
  }
}
