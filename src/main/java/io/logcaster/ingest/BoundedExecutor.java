package io.logcaster.ingest;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks on virtual threads, up to a fixed number at once. It never queues tasks: a task is a
 * connection, and a queued one would look connected without getting an answer.
 */
public final class BoundedExecutor implements AutoCloseable {

  private final int limit;

  private final Semaphore permits;

  private final ExecutorService threads;

  /**
   * Creates an executor.
   *
   * @param name the prefix of the threads' names
   * @param limit how many tasks may run at once
   */
  public BoundedExecutor(String name, int limit) {
    this.limit = limit;
    this.permits = new Semaphore(limit);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
  }

  /**
   * Runs a task unless the limit is reached.
   *
   * @return whether it runs; false after {@link #close}
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
      // It was closed in the meantime.
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
   * Rejects new tasks and waits for the running ones to end.
   *
   * @return whether all ended in time
   */
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(timeout, unit);
  }

  /** Interrupts the tasks that are still running. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
