package io.logcaster.alert.trial;

import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.Baseline;
import io.logcaster.alert.condition.ChangeCondition;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.query.AlertQuery;
import java.util.Map;

/** A group of a rule of kind {@code change}. The level that is tried is the factor. */
final class ChangeTrack implements Track {

  private final AlertRule rule;
  private final ChangeCondition condition;
  private final AlertQuery query;
  private final SlidingValues values;
  private final boolean[] usable;
  private final TrialGrid grid;
  private final int before;
  private final double missing;
  private final Strengths strengths;

  /**
   * @param usable at which steps, from {@code before} steps before the first, there are any records
   * @param before how many steps before the first one are known
   * @param missing the value where the group has none
   */
  ChangeTrack(
      AlertRule rule,
      ChangeCondition condition,
      AlertQuery query,
      SlidingValues values,
      boolean[] usable,
      TrialGrid grid,
      int before,
      double missing) {
    this.rule = rule;
    this.condition = condition;
    this.query = query;
    this.values = values;
    this.usable = usable;
    this.grid = grid;
    this.before = before;
    this.missing = missing;
    this.strengths = new Strengths(this);
  }

  private ChangeTrack(ChangeTrack other, double factor) {
    ChangeCondition own = other.condition;
    this.rule = other.rule;
    this.condition =
        new ChangeCondition(own.baseline().withFactor(factor), own.floor(), own.minRecords());
    this.query = other.query;
    this.values = other.values;
    this.usable = other.usable;
    this.grid = other.grid;
    this.before = other.before;
    this.missing = other.missing;
    this.strengths = other.strengths;
  }

  @Override
  public Map<String, String> labels() {
    return values.labels();
  }

  @Override
  public double value(int index) {
    double value = values.value(before + index);
    return Double.isNaN(value) ? missing : value;
  }

  @Override
  public boolean mayHold(int index) {
    return condition.baseline().factor() <= strengths.at(index);
  }

  @Override
  public GroupVerdict verdict(int index) {
    double value = value(index);
    return Double.isNaN(value)
        ? GroupVerdict.gone(labels())
        : condition.judge(
            rule, labels(), value, values.records(before + index), past(index), query);
  }

  /** The values of the earlier windows of a step. */
  private double[] past(int index) {
    Baseline baseline = condition.baseline();
    int windows = baseline.windows();
    double[] past = new double[windows];
    boolean[] known = new boolean[windows];
    // The first window begins this many steps before the current one.
    int reach = grid.steps(baseline.reach(rule.window()));
    for (int i = 0; i < windows; i++) {
      int at = before + index - reach + i * grid.windowSteps();
      past[i] = at < 0 ? Double.NaN : values.value(at);
      known[i] = at >= 0 && usable[at];
    }
    return baseline.select(past, known, missing);
  }

  @Override
  public Track at(double level) {
    return new ChangeTrack(this, level);
  }

  /** The factors that the values pass at all steps, which do not depend on the factor tried. */
  private static final class Strengths {

    private final ChangeTrack track;
    private float[] known = {};

    Strengths(ChangeTrack track) {
      this.track = track;
    }

    /** A factor that is not smaller than any that the value passes. */
    double at(int index) {
      if (known.length == 0) {
        float[] found = new float[track.grid.count()];
        for (int i = 0; i < found.length; i++) {
          double strength = track.condition.strength(track.value(i), track.past(i), track.query);
          // Rounded up, so that a value which just passes is judged.
          found[i] = Math.nextUp(Math.nextUp((float) strength));
        }
        known = found;
      }
      return known[index];
    }
  }
}
