package io.logcaster.work;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads and tasks that live as long as the server. What one of them throws does not end it: it is
 * logged, counted and begun again after a pause. Where the memory is exhausted the process ends
 * instead, because nobody knows what else failed: a supervisor starts it again, and what was
 * acknowledged is on disk.
 *
 * <p>A body that returns has ended by itself. It must be able to go on from what it left when it
 * failed.
 */
public final class LongLived {

  private static final Logger log = LoggerFactory.getLogger(LongLived.class);

  private static final long FIRST_PAUSE_MILLIS = 100;

  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** What failed within this time makes the server degraded. */
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Map<String, Failure> FAILURES = new ConcurrentHashMap<>();

  private LongLived() {}

  /**
   * How often something failed.
   *
   * @param count failures since the start
   * @param last what it was the last time
   * @param nanos when, by the system's timer
   */
  private record Failure(long count, String last, long nanos) {}

  /** Starts a daemon thread of the operating system. */
  public static Thread start(String name, Runnable body) {
    return Thread.ofPlatform().daemon().name(name).start(restarted(name, body));
  }

  /** Starts a virtual thread. */
  public static Thread startVirtual(String name, Runnable body) {
    return Thread.ofVirtual().name(name).start(restarted(name, body));
  }

  /** A body that begins again where it fails. */
  public static Runnable restarted(String name, Runnable body) {
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

  /** A task of a schedule that goes on where it fails. */
  public static Runnable task(String name, Runnable body) {
    return () -> {
      boolean _ = runs(name, body);
    };
  }

  /** Runs a body; whether it came to its end. */
  private static boolean runs(String name, Runnable body) {
    try {
      body.run();
      return true;
    } catch (RuntimeException | Error ex) {
      failed(name, ex);
      return false;
    }
  }

  /** Notes what a thread that goes on by itself met; ends the process where it has to. */
  public static void failed(String name, Throwable failure) {
    LastResort.endIfFatal(failure);
    FAILURES.merge(
        name,
        new Failure(1, failure.toString(), System.nanoTime()),
        (before, now) -> new Failure(before.count + 1, now.last, now.nanos));
    log.error("{} failed and is begun again", name, failure);
  }

  /** How often each thread or task failed, by name. */
  public static Map<String, Long> failures() {
    Map<String, Long> counts = new TreeMap<>();
    FAILURES.forEach((name, failure) -> counts.put(name, failure.count));
    return counts;
  }

  /** What failed a short while ago, by name. */
  public static Map<String, String> recentFailures() {
    Map<String, String> recent = new TreeMap<>();
    long now = System.nanoTime();
    FAILURES.forEach(
        (name, failure) -> {
          if (now - failure.nanos < RECENT_NANOS) {
            recent.put(name, failure.last);
          }
        });
    return recent;
  }
}
