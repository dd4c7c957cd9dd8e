package io.logcaster.storage.segment.bytes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Helpers for waiting for threads. */
public final class Threads {

  private Threads() {}

  /** Waits until a thread has ended. Restores the interrupt status if interrupted while waiting. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for an event; returns whether it has happened, or the thread was interrupted. */
  public static boolean await(CountDownLatch event, long millis) {
    try {
      return event.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
