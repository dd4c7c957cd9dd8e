package io.logcaster.storage.segment.bytes;

/** Waits for threads. */
public final class Threads {

  private Threads() {}

  /** Waits until a thread ended, however often the waiting one is interrupted meanwhile. */
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
