package io.logcaster.ingest;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;

/** A clock that can fail, to see what becomes of the thread that asks it. */
public final class FailingClock extends Clock {

  private final AtomicBoolean failing = new AtomicBoolean();

  /** Makes the next question end in an error. */
  public void failOnce() {
    failing.set(true);
  }

  @Override
  public Instant instant() {
    if (failing.compareAndSet(true, false)) {
      throw new AssertionError("the clock fails, as the test wants");
    }
    return Clock.systemUTC().instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
