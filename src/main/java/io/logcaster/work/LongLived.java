package io.logcaster.work;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads and tasks that live as long as the server. If one of them throws, the failure is logged
 * and counted, and it is restarted after a pause. If memory is exhausted the process ends instead,
 * because other parts may have failed too: a supervisor restarts it, and everything acknowledged is
 * on disk.
 *
 * <p>A body that returns is not restarted. After a failure it must be able to continue from the
 * state it left.
 */
public final class LongLived {

  private static final Logger LOG = LoggerFactory.getLogger(LongLived.class);

  private static final long FIRST_PAUSE_MILLIS = 100;

  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** A failure within this time makes the server degraded. */
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Map<String, Failure> FAILURES = new ConcurrentHashMap<>();

  private LongLived() {}

  /**
   * The failures of one thread or task.
   *
   * @param count failures since the start
   * @param last the last failure
   * @param nanos when it happened, by {@link System#nanoTime}
   */
  private record Failure(long count, String last, long nanos) {}

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
    FAILURES.merge(
        name,
        new Failure(1, failure.toString(), System.nanoTime()),
        (before, now) -> new Failure(before.count + 1, now.last, now.nanos));
    LOG.error("{} failed and is restarted", name, failure);
  }

  /** How often each thread or task failed, by name. */
  public static Map<String, Long> failures() {
    Map<String, Long> counts = new TreeMap<>();
    FAILURES.forEach((name, failure) -> counts.put(name, failure.count));
    return counts;
  }

  /**
   * Threads and tasks that failed recently, by name.
   *
   * @param since a reading of {@link System#nanoTime()}; earlier failures do not count. Several
   *     servers may run one after the other in a process, as in tests.
   */
  public static Map<String, String> recentFailures(long since) {
    Map<String, String> recent = new TreeMap<>();
    long now = System.nanoTime();
    FAILURES.forEach(
        (name, failure) -> {
          if (now - failure.nanos < RECENT_NANOS && failure.nanos - since >= 0) {
            recent.put(name, failure.last);
          }
        });
    return recent;
  }
}
