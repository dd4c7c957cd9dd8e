package io.logcaster.series;

import io.logcaster.query.StepQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A definition with its file. A step is evaluated once it is over; the last steps are evaluated
 * again with each later one, for records that came late. Thread-safe.
 */
final class RunningSeries implements AutoCloseable {

  /** How many steps one query evaluates when there is much to catch up on. */
  static final int CHUNK = 1_000;

  /** How many steps before a new one are evaluated again. */
  static final int LATE_STEPS = 3;

  /** How many of the last steps may stay in memory: a week of minutes. */
  private static final long MAX_TAIL = 10_080;

  private static final long MILLI = 1_000_000;

  private final SeriesDefinition definition;
  private final StepQuery query;
  private final SeriesFile file;
  private final Path path;

  /** The values of the last steps, to write only what changes. */
  private final TreeMap<Long, Map<Integer, Double>> recent = new TreeMap<>();

  /** Values of the last steps that others ask for again and again; null until they do. */
  private @Nullable NavigableMap<Long, Map<Integer, Double>> tail;

  private long tailFrom;

  private long left;
  private @Nullable String error;

  RunningSeries(SeriesDefinition definition, StepQuery query, Path path) throws IOException {
    this.definition = definition;
    this.query = query;
    this.path = path;
    this.file = SeriesFile.open(path);
  }

  SeriesDefinition definition() {
    return definition;
  }

  /** The last step that was evaluated; negative before the first. */
  synchronized long lastStep() {
    return file.lastStep();
  }

  /** The step that a moment is in. */
  long step(Instant moment) {
    return Math.floorDiv(moment.toEpochMilli(), definition.stepMillis());
  }

  /**
   * Evaluates some steps that are over.
   *
   * @param from the first step wanted, where none was evaluated yet
   * @param over the last step that is over
   * @param room whether the server has room for one more series
   * @return whether there is more to evaluate
   */
  synchronized boolean evaluate(long from, long over, BooleanSupplier room) throws IOException {
    long next = Math.max(from, file.lastStep() + 1);
    if (next > over) {
      return false;
    }
    long to = Math.min(over, next + CHUNK - 1);
    long again = Math.max(from, next - LATE_STEPS);
    long first = (file.lastStep() < 0) ? next : Math.max(again, file.firstStep());
    Map<Long, Map<Integer, Double>> found = new HashMap<>();
    for (StepQuery.Value value : query.ask(nanos(first), nanos(to + 1))) {
      int ordinal = file.ordinal(labels(value), room);
      if (ordinal < 0) {
        left++;
      } else {
        long step = Math.floorDiv(value.start(), definition.stepMillis() * MILLI);
        found.computeIfAbsent(step, (key) -> new TreeMap<>()).put(ordinal, value.number());
      }
    }
    for (long step = first; step <= to; step++) {
      Map<Integer, Double> values = found.getOrDefault(step, Map.of());
      if (step >= next || !values.equals(recent.get(step))) {
        if (step >= next || recent.containsKey(step) || !values.isEmpty()) {
          file.put(step, values);
          if (tail != null && step >= tailFrom) {
            tail.put(step, values);
          }
        }
        recent.put(step, values);
      }
    }
    file.sync();
    recent.headMap(to - LATE_STEPS).clear();
    trimTail();
    error = null;
    return to < over;
  }

  private long nanos(long step) {
    return step * definition.stepMillis() * MILLI;
  }

  private Map<String, String> labels(StepQuery.Value value) {
    Map<String, String> labels = new TreeMap<>(value.labels());
    labels.remove("__name__");
    String name = value.labels().getOrDefault("__name__", "");
    if (!name.isEmpty() && !name.equals("value")) {
      labels.put("result", name);
    }
    return labels;
  }

  synchronized void failed(String reason) {
    error = reason;
  }

  /** Removes values that are too old, if they take more than a tenth of the steps. */
  synchronized void expire(long oldest) throws IOException {
    long first = file.firstStep();
    long last = file.lastStep();
    if (first >= 0 && first < oldest && (oldest - first) * 10 > last - first) {
      file.removeBefore(oldest);
      recent.clear();
      tail = null;
    }
  }

  /**
   * The values of a range.
   *
   * @param labels of the series
   * @param points values by step
   */
  record Line(Map<String, String> labels, TreeMap<Long, Double> points) {}

  /** The values of the steps from one to another, both included. */
  synchronized List<Line> lines(long from, long to) throws IOException {
    return lines(read(from, to));
  }

  private NavigableMap<Long, Map<Integer, Double>> read(long from, long to) throws IOException {
    TreeMap<Long, Map<Integer, Double>> steps = new TreeMap<>();
    file.read(
        (step, values) -> {
          if (step >= from && step <= to) {
            steps.put(step, values);
          }
        });
    return steps;
  }

  /**
   * As {@link #lines}, for steps near the last one that are asked for with each new step: their
   * values stay in memory.
   */
  synchronized List<Line> recentLines(long from, long to) throws IOException {
    if (file.lastStep() - from > MAX_TAIL) {
      return lines(from, to);
    }
    NavigableMap<Long, Map<Integer, Double>> known = tail;
    if (known == null || from < tailFrom) {
      known = read(from, Long.MAX_VALUE);
      tail = known;
      tailFrom = from;
    }
    return lines(known.subMap(from, true, Math.max(from, to), true));
  }

  private void trimTail() {
    NavigableMap<Long, Map<Integer, Double>> known = tail;
    long oldest = file.lastStep() - MAX_TAIL;
    if (known != null && tailFrom < oldest) {
      known.headMap(oldest).clear();
      tailFrom = oldest;
    }
  }

  private List<Line> lines(NavigableMap<Long, Map<Integer, Double>> steps) {
    List<Map<String, String>> labels = file.labels();
    Map<Integer, TreeMap<Long, Double>> byOrdinal = new TreeMap<>();
    steps.forEach(
        (step, values) ->
            values.forEach(
                (ordinal, value) ->
                    byOrdinal.computeIfAbsent(ordinal, (key) -> new TreeMap<>()).put(step, value)));
    List<Line> lines = new ArrayList<>();
    byOrdinal.forEach((ordinal, points) -> lines.add(new Line(labels.get(ordinal), points)));
    return lines;
  }

  /** The values of the last step. */
  synchronized List<Line> latest() {
    List<Line> lines = new ArrayList<>();
    file.latest()
        .forEach(
            (ordinal, value) ->
                lines.add(
                    new Line(
                        file.labels().get(ordinal),
                        new TreeMap<>(Map.of(file.lastStep(), value)))));
    return lines;
  }

  /**
   * How far a definition is.
   *
   * @param from the start of the first step; null for none
   * @param until the end of the last step that was evaluated; null for none
   * @param series how many series there are
   * @param leftOut how many values had no room for their series
   * @param error why the last evaluation failed
   */
  record Progress(
      @Nullable Instant from,
      @Nullable Instant until,
      int series,
      long leftOut,
      long bytes,
      @Nullable String error) {}

  synchronized Progress progress() throws IOException {
    return new Progress(
        (file.firstStep() < 0) ? null : Instant.ofEpochMilli(millis(file.firstStep())),
        (file.lastStep() < 0) ? null : Instant.ofEpochMilli(millis(file.lastStep() + 1)),
        file.labels().size(),
        left,
        file.bytes(),
        error);
  }

  private long millis(long step) {
    return step * definition.stepMillis();
  }

  synchronized int count() {
    return file.labels().size();
  }

  synchronized void delete() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
