package io.logcaster.alert.trial;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.ChangeCondition;
import io.logcaster.alert.condition.RatioCondition;
import io.logcaster.alert.condition.ReasonNumbers;
import io.logcaster.alert.condition.RuleTools;
import io.logcaster.alert.condition.ThresholdCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tries a rule on the past: reads the values once, then runs the state machine of live alerts over
 * them, for the rule's own threshold and for others.
 */
public final class RuleTrial {

  private static final int MAX_FIRINGS = 1_000;
  private static final int MAX_CURVES = 20;
  private static final int MAX_POINTS = 500;

  /** How many thresholds are tried if the caller names none. */
  private static final int THRESHOLDS = 24;

  /** A second threshold for recovery is proposed this share nearer to the usual value. */
  private static final double RECOVERY = 0.2;

  private static final double[] FACTORS = {1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100};

  private static final List<Duration> HOLDS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));

  private final AlertRule rule;
  private final Instant start;
  private final Instant end;
  private final TrialGrid grid;
  private final List<Track> tracks;
  private final TrialRun run;
  private final boolean below;
  private final double[] values;

  private RuleTrial(AlertRule rule, Instant start, Instant end, TrialTracks.Tracks read) {
    this.rule = rule;
    this.start = start;
    this.end = end;
    this.grid = read.grid();
    this.tracks = read.all();
    this.run = new TrialRun(grid);
    this.below =
        switch (rule.condition()) {
          case ThresholdCondition condition -> condition.levels().comparison().isBelow();
          case RatioCondition condition -> condition.levels().comparison().isBelow();
          case ChangeCondition condition -> condition.baseline().comparison().isBelow();
          default -> false;
        };
    this.values = hasThreshold() ? values() : new double[0];
  }

  /**
   * Tries a rule.
   *
   * @param thresholds to be tried; null to choose them
   * @throws IOException if stored records could not be read, or a query timed out
   */
  public static TrialAnswer of(
      AlertRule rule,
      RuleTools tools,
      Instant start,
      Instant end,
      @Nullable List<Double> thresholds,
      double maxPerWeek)
      throws IOException {
    return new RuleTrial(rule, start, end, new TrialTracks(rule, tools, start, end).read())
        .answer(thresholds, maxPerWeek);
  }

  private TrialAnswer answer(@Nullable List<Double> thresholds, double maxPerWeek) {
    List<TrialAnswer.Firing> firings = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (Track track : tracks) {
      List<TrialAnswer.Firing> found = run.firings(track, rule.hold(), rule.keepFiring());
      counts.add(found.size());
      firings.addAll(found);
    }
    firings.sort(Comparator.comparing(TrialAnswer.Firing::from));
    double[] levels = thresholds == null ? levels() : sorted(thresholds);
    List<TrialAnswer.PerWeek> perWeek = new ArrayList<>();
    for (double level : levels) {
      int count = count(at(level), rule.hold(), Integer.MAX_VALUE);
      perWeek.add(new TrialAnswer.PerWeek(level, perWeek(count)));
    }
    return new TrialAnswer(
        start,
        end,
        AlertDurations.print(grid.step()),
        tracks.size(),
        curves(counts),
        firings.size() > MAX_FIRINGS ? List.copyOf(firings.subList(0, MAX_FIRINGS)) : firings,
        firings.size(),
        perWeek,
        proposal(levels, maxPerWeek));
  }

  private static double[] sorted(List<Double> thresholds) {
    return new TreeSet<>(thresholds).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private List<Track> at(double level) {
    return tracks.stream().map((track) -> track.at(level)).toList();
  }

  /** How often all groups would have fired; counting ends beyond a limit. */
  private int count(List<Track> at, Duration hold, int limit) {
    int count = 0;
    for (Track track : at) {
      if (count <= limit) {
        count += run.count(track, hold, rule.keepFiring(), Math.max(1, limit - count));
      }
    }
    return count;
  }

  private double perWeek(int count) {
    double weeks = Duration.between(start, end).toMillis() / (double) Duration.ofDays(7).toMillis();
    return Math.rint(count / weeks * 100) / 100;
  }

  /** A number of alerts that is more often than allowed. */
  private int limit(double maxPerWeek) {
    double weeks = Duration.between(start, end).toMillis() / (double) Duration.ofDays(7).toMillis();
    return (int) Math.min(Integer.MAX_VALUE - 1.0, maxPerWeek * weeks + 2);
  }

  /** Thresholds between the usual values and beyond the most extreme one. */
  private double[] levels() {
    if (rule.condition() instanceof ChangeCondition) {
      return FACTORS.clone();
    }
    if (!hasThreshold()) {
      return new double[0];
    }
    if (values.length == 0) {
      return new double[0];
    }
    TreeSet<Double> levels = new TreeSet<>();
    double extreme = below ? values[0] : values[values.length - 1];
    double usual = values[values.length / 2];
    // A level for warnings is passed before the threshold, and both move together.
    double above = ahead();
    for (int i = 0; i < THRESHOLDS; i++) {
      levels.add(nice(usual + (extreme - usual) * i / (THRESHOLDS - 2) + above));
    }
    return levels.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How far the threshold lies beyond the level that is passed first. */
  private double ahead() {
    return switch (rule.condition()) {
      case ThresholdCondition condition ->
          condition.levels().threshold() - condition.levels().lowest();
      case RatioCondition condition -> condition.levels().threshold() - condition.levels().lowest();
      default -> 0;
    };
  }

  private boolean hasThreshold() {
    return rule.condition() instanceof ThresholdCondition
        || rule.condition() instanceof RatioCondition;
  }

  /** All values that occurred, in order; a sample if there are many. */
  private double[] values() {
    long all = (long) tracks.size() * grid.count();
    int every = (int) Math.max(1, all / 200_000);
    double[] found = new double[(int) (all / every) + tracks.size() + 1];
    int count = 0;
    double extreme = Double.NaN;
    for (Track track : tracks) {
      for (int i = 0; i < grid.count(); i++) {
        double value = track.value(i);
        if (Double.isFinite(value)) {
          boolean further = below ? value < extreme : value > extreme;
          extreme = Double.isNaN(extreme) || further ? value : extreme;
          if (i % every == 0) {
            found[count++] = value;
          }
        }
      }
    }
    if (!Double.isNaN(extreme)) {
      found[count++] = extreme;
    }
    double[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Rounds to three digits, which people can read. */
  private static double nice(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
    double rounded = Math.rint(value / unit) * unit;
    return unit < 1 ? Math.rint(rounded * 1e9) / 1e9 : rounded;
  }

  private TrialAnswer.@Nullable Proposal proposal(double[] levels, double maxPerWeek) {
    boolean change = rule.condition() instanceof ChangeCondition;
    if (levels.length == 0 || (!change && !hasThreshold())) {
      return null;
    }
    TrialAnswer.Proposal best = null;
    for (Duration hold : holds()) {
      TrialAnswer.Proposal found = proposal(levels, maxPerWeek, hold, change);
      if (found != null && (best == null || isFarBetter(found, best, change))) {
        best = found;
      }
    }
    return best;
  }

  private List<Duration> holds() {
    List<Duration> holds = new ArrayList<>();
    holds.add(rule.hold());
    HOLDS.stream().filter((hold) -> hold.compareTo(rule.hold()) > 0).forEach(holds::add);
    return holds;
  }

  /** A longer {@code for} delays alerts, so it must allow a far more sensitive threshold. */
  private boolean isFarBetter(
      TrialAnswer.Proposal found, TrialAnswer.Proposal best, boolean change) {
    double usual = change ? 1 : usual();
    return Math.abs(found.threshold() - usual) * 2 < Math.abs(best.threshold() - usual);
  }

  private double usual() {
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  private TrialAnswer.@Nullable Proposal proposal(
      double[] levels, double maxPerWeek, Duration hold, boolean change) {
    // The most sensitive level first.
    for (int i = 0; i < levels.length; i++) {
      double level = below && !change ? levels[levels.length - 1 - i] : levels[i];
      double often = perWeek(count(at(level), hold, limit(maxPerWeek)));
      if (often <= maxPerWeek) {
        Double recover = change ? null : recovery(level);
        return new TrialAnswer.Proposal(level, AlertDurations.print(hold), recover, often);
      }
    }
    return null;
  }

  /**
   * Nearer to the usual value; null if that itself is beyond the level, as where data is sparse.
   */
  private @Nullable Double recovery(double level) {
    double recover = nice(level + (usual() - level) * RECOVERY);
    return (below ? recover > level : recover < level) ? recover : null;
  }

  private List<TrialAnswer.Curve> curves(List<Integer> firings) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      order.add(i);
    }
    double[] extremes = tracks.stream().mapToDouble(this::extreme).toArray();
    order.sort(
        Comparator.comparingInt((Integer i) -> -firings.get(i))
            .thenComparingDouble((i) -> below ? extremes[i] : -extremes[i]));
    return order.stream().limit(MAX_CURVES).map((i) -> curve(tracks.get(i))).toList();
  }

  private double extreme(Track track) {
    double extreme = Double.NaN;
    for (int i = 0; i < grid.count(); i++) {
      extreme = further(extreme, track.value(i));
    }
    return Double.isNaN(extreme) ? 0 : extreme;
  }

  private double further(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Double.isNaN(one) ? other : one;
    }
    return below ? Math.min(one, other) : Math.max(one, other);
  }

  private TrialAnswer.Curve curve(Track track) {
    int each = Math.ceilDiv(grid.count(), MAX_POINTS);
    List<List<Object>> points = new ArrayList<>();
    for (int from = 0; from < grid.count(); from += each) {
      double value = Double.NaN;
      for (int i = from; i < Math.min(from + each, grid.count()); i++) {
        value = further(value, track.value(i));
      }
      if (!Double.isNaN(value)) {
        points.add(List.of(grid.time(from), ReasonNumbers.round(value)));
      }
    }
    return new TrialAnswer.Curve(track.labels(), points);
  }
}
