package io.logcaster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;

/** A clock that tests set by hand, and that can fail. Thread-safe. */
public final class TestClock extends Clock {

  private volatile Instant now;

  private final AtomicBoolean failing = new AtomicBoolean();

  public TestClock(Instant now) {
    this.now = now;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Makes the next call fail, to see what becomes of the thread that makes it. */
  public void failOnce() {
    failing.set(true);
  }

  @Override
  public Instant instant() {
    if (failing.compareAndSet(true, false)) {
      throw new AssertionError("The clock fails because the test wants it to");
    }
    return now;
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
