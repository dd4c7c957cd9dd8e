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
  public boolean mayHold(int index, double level) {
    return verdict(index, level).holds();
  }

  @Override
  public GroupVerdict verdict(int index, double level) {
    double value = value(index);
    if (Double.isNaN(value)) {
      return GroupVerdict.gone(labels());
    }
    Baseline own = condition.baseline();
    Baseline baseline = Double.isNaN(level) ? own : own.withFactor(level);
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
    return new ChangeCondition(baseline, condition.floor(), condition.minRecords())
        .judge(
            rule,
            labels(),
            value,
            values.records(before + index),
            baseline.select(past, known, missing),
            query);
  }
}
