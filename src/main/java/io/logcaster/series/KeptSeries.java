package io.logcaster.series;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;

/** The kept series as other features see them. Thread-safe. */
public interface KeptSeries {

  /**
   * A series.
   *
   * @param id never changes
   * @param name the name of its metric
   * @param step the length of a step
   * @param labels the labels of its groups
   * @param counts whether its values are counts, so that a missing one is 0
   */
  record Description(String id, String name, Duration step, List<String> labels, boolean counts) {}

  /**
   * The values of a group.
   *
   * @param points by the end of their step
   */
  record Points(Map<String, String> labels, NavigableMap<Instant, Double> points) {}

  /** A series by its id or name; empty if there is none. */
  Optional<Description> named(String idOrName);

  /**
   * The values of the steps that end after one time, and at another at the latest. The last steps
   * that are asked for are kept in memory.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalStateException if the series was removed
   */
  List<Points> between(String id, Instant after, Instant until) throws IOException;

  /**
   * Calls a listener with the id of a series after values were stored. The listener returns at once
   * and never throws.
   */
  void onValues(Consumer<String> listener);
}
