package io.logcaster.work;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The failures of the long-lived threads and tasks of one server. A thread reports to the instance
 * of the thread that started it, so that several servers in a process do not see each other's
 * failures. Thread-safe.
 */
public final class ThreadFailures {

  /** A failure within this time makes the server degraded. */
  private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final InheritableThreadLocal<ThreadFailures> CURRENT =
      new InheritableThreadLocal<>();

  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  private ThreadFailures() {}

  /**
   * The failures of one thread or task.
   *
   * @param count failures since the start
   * @param last the last failure
   * @param nanos when it happened, by {@link System#nanoTime}
   */
  private record Failure(long count, String last, long nanos) {}

  /** Creates an instance for the calling thread and the threads that it starts from now on. */
  public static ThreadFailures open() {
    ThreadFailures opened = new ThreadFailures();
    CURRENT.set(opened);
    return opened;
  }

  /** Ends the effect of {@link #open} for the calling thread; threads that it started keep it. */
  public static void leave() {
    CURRENT.remove();
  }

  /** Adds a failure to the instance of the calling thread, if it has one. */
  static void add(String name, Throwable failure) {
    ThreadFailures current = CURRENT.get();
    if (current != null) {
      current.failures.merge(
          name,
          new Failure(1, failure.toString(), System.nanoTime()),
          (before, now) -> new Failure(before.count + 1, now.last, now.nanos));
    }
  }

  /** How often each thread or task failed, by name. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    failures.forEach((name, failure) -> counts.put(name, failure.count));
    return counts;
  }

  /** The last failure of each thread or task that failed recently, by name. */
  public Map<String, String> recent() {
    Map<String, String> recent = new TreeMap<>();
    long now = System.nanoTime();
    failures.forEach(
        (name, failure) -> {
          if (now - failure.nanos < RECENT_NANOS) {
            recent.put(name, failure.last);
          }
        });
    return recent;
  }
}
