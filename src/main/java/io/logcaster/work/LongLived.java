package io.logcaster.work;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads and tasks that live as long as the server. If one of them throws, the failure is logged
 * and added to {@link ThreadFailures}, and it is restarted after a pause. If memory is exhausted
 * the process ends instead, because other parts may have failed too: a supervisor restarts it, and
 * everything acknowledged is on disk.
 *
 * <p>A body that returns is not restarted. After a failure it must be able to continue from the
 * state it left.
 */
public final class LongLived {

  private static final Logger LOG = LoggerFactory.getLogger(LongLived.class);

  private static final long FIRST_PAUSE_MILLIS = 100;

  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private LongLived() {}

  /** Starts a platform daemon thread. */
  public static Thread start(String name, Runnable body) {
    return Thread.ofPlatform().daemon().name(name).start(restarted(name, body));
  }

  /** Starts a virtual thread. */
  public static Thread startVirtual(String name, Runnable body) {
    return Thread.ofVirtual().name(name).start(restarted(name, body));
  }

  /** A body that is restarted after a failure. */
  static Runnable restarted(String name, Runnable body) {
    return () -> {
      long pause = FIRST_PAUSE_MILLIS;
      while (!runs(name, body)) {
        try {
          TimeUnit.MILLISECONDS.sleep(pause);
        } catch (InterruptedException ex) {
          Thread.currentThread().interrupt();
          return;
        }
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    };
  }

  /** A scheduled task whose schedule continues after a failure. */
  public static Runnable task(String name, Runnable body) {
    return () -> {
      boolean _ = runs(name, body);
    };
  }

  /** Runs a body; returns whether it returned normally. */
  private static boolean runs(String name, Runnable body) {
    try {
      body.run();
      return true;
    } catch (RuntimeException | Error ex) {
      failed(name, ex);
      return false;
    }
  }

  /** Records a failure of a thread that handles its own restart; ends the process if necessary. */
  public static void failed(String name, Throwable failure) {
    LastResort.endIfFatal(failure);
    ThreadFailures.add(name, failure);
    LOG.error("{} failed and is restarted", name, failure);
  }
}
