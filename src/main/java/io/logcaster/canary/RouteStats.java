package io.logcaster.canary;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What became of the records on one route since the start. Thread-safe. */
final class RouteStats {

  /** So many measurements are kept for the quantiles: an hour at the usual interval. */
  private static final int KEPT = 120;

  private final String route;
  private final double[] seconds = new double[KEPT];
  private long sent;
  private long found;
  private long lost;
  private int lostInARow;
  private @Nullable Instant lastFound;
  private @Nullable String error;

  RouteStats(String route) {
    this.route = route;
  }

  /**
   * A route as the API shows it.
   *
   * @param sent records that were sent
   * @param found records that a query found in time
   * @param lost records that were refused or not found in time
   * @param lostInARow how many of the last records were lost without one that was found
   * @param lastSeconds how long the last record took from the socket to the query that found it
   * @param medianSeconds the median of the last records
   * @param maxSeconds the longest of the last records
   * @param error why the last record was lost; absent if it was found
   */
  record RouteView(
      String route,
      long sent,
      long found,
      long lost,
      int lostInARow,
      @Nullable Double lastSeconds,
      @Nullable Double medianSeconds,
      @Nullable Double maxSeconds,
      @Nullable Instant lastFound,
      @Nullable String error) {}

  synchronized long sent() {
    return sent;
  }

  synchronized long found() {
    return found;
  }

  synchronized long lost() {
    return lost;
  }

  synchronized int lostInARow() {
    return lostInARow;
  }

  synchronized long nextNumber() {
    return ++sent;
  }

  synchronized void found(double after, Instant now) {
    seconds[(int) (found % KEPT)] = after;
    found++;
    lostInARow = 0;
    lastFound = now;
    error = null;
  }

  synchronized void lost(String reason) {
    lost++;
    lostInARow++;
    error = reason;
  }

  synchronized RouteView view() {
    int kept = (int) Math.min(found, KEPT);
    double[] sorted = Arrays.copyOf(seconds, kept);
    Arrays.sort(sorted);
    return new RouteView(
        route,
        sent,
        found,
        lost,
        lostInARow,
        (kept == 0) ? null : seconds[(int) ((found - 1) % KEPT)],
        (kept == 0) ? null : sorted[kept / 2],
        (kept == 0) ? null : sorted[kept - 1],
        lastFound,
        error);
  }
}
