package io.logcaster.alert.query;

import io.logcaster.series.KeptSeries;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A rule's query that names a kept series: {@code series:<id or name>}. The value of a window is
 * the last one whose step ended in it.
 */
public final class SeriesQuery implements AlertQuery {

  private static final String PREFIX = "series:";

  private final KeptSeries series;
  private final KeptSeries.Description info;

  private SeriesQuery(KeptSeries series, KeptSeries.Description info) {
    this.series = series;
    this.info = info;
  }

  /** Whether a rule's query names a series: it has no pipes, as all others need. */
  public static boolean isSeries(String query) {
    return query.startsWith(PREFIX) && query.indexOf('|') < 0;
  }

  /**
   * @throws ProblemException 400 if there is no such series
   */
  public static SeriesQuery compile(KeptSeries series, String query) {
    String name = query.substring(PREFIX.length()).strip();
    return new SeriesQuery(
        series,
        series
            .named(name)
            .orElseThrow(
                () ->
                    ProblemException.invalidProperty(
                        "query",
                        "must name a series that exists, by its id or name, but there is no '%s'"
                            .formatted(name))));
  }

  /** The id of its series. */
  public String id() {
    return info.id();
  }

  /**
   * A window must have a value at any time: a step is evaluated some seconds after its end.
   *
   * @throws ProblemException 400 if a window is too short
   */
  @Override
  public void checkWindow(Duration window) {
    if (window.compareTo(info.step().multipliedBy(2)) < 0) {
      throw ProblemException.invalidProperty(
          "window",
          "must be at least two steps of the series '%s', %d s"
              .formatted(info.name(), 2 * info.step().toSeconds()));
    }
  }

  @Override
  public List<GroupValue> ask(Instant start, Instant end) throws IOException {
    List<GroupValue> values = new ArrayList<>();
    for (KeptSeries.Points group : series.between(info.id(), start, end)) {
      values.add(
          new GroupValue(new TreeMap<>(group.labels()), group.points().lastEntry().getValue()));
    }
    return values;
  }

  @Override
  public List<ValueSeries> series(Instant start, int count, Duration step, Unreached away)
      throws IOException {
    List<ValueSeries> all = new ArrayList<>();
    Instant end = start.plus(step.multipliedBy(count));
    for (KeptSeries.Points group : series.between(info.id(), start, end)) {
      ValueSeries.checkSize(all.size() + 1, count);
      ValueSeries values = ValueSeries.empty(new TreeMap<>(group.labels()), count);
      NavigableMap<Instant, Double> points = group.points();
      for (Map.Entry<Instant, Double> point : points.entrySet()) {
        // A value belongs to the range in which its step ended, the end included.
        long nanos = Duration.between(start, point.getKey()).toNanos() - 1;
        values.values()[(int) (nanos / step.toNanos())] = point.getValue();
      }
      all.add(values);
    }
    return all;
  }

  /** The records of old ranges may be gone, so the values themselves tell. */
  @Override
  public AlertQuery presence(Compiler compiler) {
    return new Presence(this);
  }

  /** Has the value 1 where the series has any. */
  private record Presence(SeriesQuery of) implements AlertQuery {

    @Override
    public List<GroupValue> ask(Instant start, Instant end) throws IOException {
      return of.ask(start, end).stream().map((group) -> new GroupValue(group.labels(), 1)).toList();
    }

    @Override
    public List<ValueSeries> series(Instant start, int count, Duration step, Unreached away)
        throws IOException {
      List<ValueSeries> all = of.series(start, count, step, away);
      for (ValueSeries each : all) {
        Arrays.setAll(each.values(), (i) -> Double.isNaN(each.values()[i]) ? 0 : 1);
      }
      return all;
    }

    @Override
    public Combination combination() {
      return Combination.MAX;
    }
  }

  @Override
  public AlertQuery countingRecords() {
    throw ProblemException.invalidProperty("minRecords", "does not apply to a series");
  }

  @Override
  public boolean growsWithRecords() {
    return info.counts();
  }

  @Override
  public List<String> groupFields() {
    return info.labels();
  }

  @Override
  public Combination combination() {
    return Combination.LAST;
  }
}
