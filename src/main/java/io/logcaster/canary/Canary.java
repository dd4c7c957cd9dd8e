package io.logcaster.canary;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one record through each route and asks for all of them until they are found or the time is
 * up. One round runs at a time. Thread-safe.
 */
final class Canary {

  /** The app of its records. */
  static final String APP = "logcaster-canary";

  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

  /** The first questions come quickly, because they measure; later ones cost less. */
  private static final long FIRST_PAUSE_NANOS = 2_000_000;

  private static final long LONGEST_PAUSE_NANOS = 250_000_000;

  private final Supplier<List<CanaryRoute>> routes;
  private final Finder finder;
  private final Listener listener;
  private final Duration timeout;
  private final String run;
  private final Clock clock;
  private final Map<String, RouteStats> stats = new ConcurrentSkipListMap<>();

  /** Asks the store. */
  @FunctionalInterface
  interface Finder {

    /** The messages of the canary's records since a moment. */
    Set<String> messages(Instant since) throws IOException;
  }

  /** Is told what became of each record. */
  interface Listener {

    void found(RouteStats stats, String route, double seconds);

    void lost(RouteStats stats, String route, long number, String reason);
  }

  /**
   * @param run tells the records of this process from those of earlier ones
   */
  Canary(
      Supplier<List<CanaryRoute>> routes,
      Finder finder,
      Listener listener,
      Duration timeout,
      String run,
      Clock clock) {
    this.routes = routes;
    this.finder = finder;
    this.listener = listener;
    this.timeout = timeout;
    this.run = run;
    this.clock = clock;
  }

  private record Pending(String route, long number, long sentNanos, RouteStats stats) {}

  /** Sends through each route and waits for what becomes of it. */
  synchronized void round() throws InterruptedException {
    Instant since = clock.instant().minusSeconds(5);
    Map<String, Pending> pending = new HashMap<>();
    for (CanaryRoute route : routes.get()) {
      RouteStats known = stats.computeIfAbsent(route.name(), RouteStats::new);
      long number = known.nextNumber();
      String message = "canary %s-%d through %s".formatted(run, number, route.name());
      Pending sent = new Pending(route.name(), number, System.nanoTime(), known);
      try {
        route.sender().send(route.format().text(message, clock.instant()));
        pending.put(message, sent);
      } catch (IOException ex) {
        lost(sent, "It could not be sent: " + reason(ex));
      }
    }
    await(pending, since);
  }

  private void await(Map<String, Pending> pending, Instant since) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    String failure = "It was not found within " + timeout.toMillis() + " ms.";
    while (!pending.isEmpty()) {
      try {
        Set<String> messages = finder.messages(since);
        long now = System.nanoTime();
        for (Iterator<Map.Entry<String, Pending>> each = pending.entrySet().iterator();
            each.hasNext(); ) {
          Map.Entry<String, Pending> entry = each.next();
          if (messages.contains(entry.getKey())) {
            each.remove();
            Pending sent = entry.getValue();
            double seconds = (now - sent.sentNanos()) / 1e9;
            sent.stats().found(seconds, clock.instant());
            listener.found(sent.stats(), sent.route(), seconds);
          }
        }
      } catch (IOException | RuntimeException ex) {
        failure = "It could not be looked for: " + reason(ex);
      }
      if (pending.isEmpty() || System.nanoTime() - deadline > 0) {
        break;
      }
      TimeUnit.NANOSECONDS.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_NANOS, pause * 3 / 2);
    }
    for (Pending sent : pending.values()) {
      lost(sent, failure);
    }
  }

  private void lost(Pending sent, String reason) {
    sent.stats().lost(reason);
    LOG.warn("Canary {} through {} is lost: {}", sent.number(), sent.route(), reason);
    listener.lost(sent.stats(), sent.route(), sent.number(), reason);
  }

  private static String reason(Exception ex) {
    return (ex.getMessage() == null) ? ex.toString() : ex.getMessage();
  }

  /** What became of the records on each route. */
  List<RouteStats.RouteView> views() {
    return stats.values().stream().map(RouteStats::view).toList();
  }

  /** Routes whose last records were lost, three or more in a row. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    stats.forEach(
        (route, known) -> {
          if (known.lostInARow() >= 3) {
            broken.add(route);
          }
        });
    return broken;
  }

  Collection<RouteStats> stats() {
    return stats.values();
  }
}
