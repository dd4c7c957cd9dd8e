package io.logcaster.ingest;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks on virtual threads, at most a fixed number at once. It never queues: a task is one
 * connection, and one that waits would look connected and get no answer.
 */
public final class BoundedExecutor implements AutoCloseable {

  private final int limit;

  private final Semaphore permits;

  private final ExecutorService threads;

  /**
   * Makes an executor.
   *
   * @param name what the threads are called, followed by a number
   * @param limit how many tasks may run at once
   */
  public BoundedExecutor(String name, int limit) {
    this.limit = limit;
    this.permits = new Semaphore(limit);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
  }

  /**
   * Runs a task if there is room.
   *
   * @return whether there is; false also after {@link #close}
   */
  public boolean tryExecute(Runnable task) {
    if (!permits.tryAcquire()) {
      return false;
    }
    boolean started = false;
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              permits.release();
            }
          });
      started = true;
    } catch (RejectedExecutionException ex) {
      // Closed meanwhile: there is no room any more.
    } finally {
      if (!started) {
        permits.release();
      }
    }
    return started;
  }

  /** How many tasks are running. */
  public int active() {
    return limit - permits.availablePermits();
  }

  /**
   * Waits for the running tasks to end; no new ones are taken.
   *
   * @return whether all ended in time
   */
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(timeout, unit);
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
