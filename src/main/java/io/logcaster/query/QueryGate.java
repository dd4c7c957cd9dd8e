package io.logcaster.query;

import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;

/** Lets a number of queries run at once; more wait, and still more are refused. */
final class QueryGate {

  private final Semaphore running;

  private final AtomicInteger waiting = new AtomicInteger();

  private final int queue;

  private final Duration patience;

  /**
   * Opens the gate.
   *
   * @param concurrency how many queries run at once
   * @param queue how many wait at most
   * @param patience how long one waits
   */
  QueryGate(int concurrency, int queue, Duration patience) {
    running = new Semaphore(concurrency, true);
    this.queue = queue;
    this.patience = patience;
  }

  /** Waits for a place, which {@link #leave} gives back. */
  void enter() {
    if (running.tryAcquire()) {
      return;
    }
    if (waiting.incrementAndGet() > queue) {
      waiting.decrementAndGet();
      throw tooMany();
    }
    try {
      if (!running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw tooMany();
    } finally {
      waiting.decrementAndGet();
    }
  }

  void leave() {
    running.release();
  }

  private static ProblemException tooMany() {
    return new ProblemException(
            HttpStatus.TOO_MANY_REQUESTS,
            "too_many_queries",
            "Too many queries run and wait at this moment. Ask again soon.")
        .header("Retry-After", "1");
  }
}
