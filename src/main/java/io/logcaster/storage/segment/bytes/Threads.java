package io.logcaster.storage.segment.bytes;

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
}
