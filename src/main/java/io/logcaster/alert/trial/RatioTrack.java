package io.logcaster.alert.trial;

import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.RatioCondition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group of a rule of kind {@code ratio}. */
final class RatioTrack implements Track {

  private final AlertRule rule;
  private final RatioCondition condition;
  private final SlidingValues total;
  private final @Nullable SlidingValues part;
  private final double missing;

  /**
   * @param part null if the group has none
   * @param missing the part where it has no value
   */
  RatioTrack(
      AlertRule rule,
      RatioCondition condition,
      SlidingValues total,
      @Nullable SlidingValues part,
      double missing) {
    this.rule = rule;
    this.condition = condition;
    this.total = total;
    this.part = part;
    this.missing = missing;
  }

  @Override
  public Map<String, String> labels() {
    return total.labels();
  }

  @Override
  public double value(int index) {
    double divisor = total.value(index);
    return divisor == 0 ? Double.NaN : part(index) / divisor;
  }

  private double part(int index) {
    double value = part == null ? Double.NaN : part.value(index);
    return Double.isNaN(value) ? missing : value;
  }

  @Override
  public boolean mayHold(int index, double level) {
    AlertLevels levels = condition.levels();
    double lowest = levels.lowest() + (Double.isNaN(level) ? 0 : level - levels.threshold());
    return levels.comparison().test(value(index), lowest);
  }

  @Override
  public GroupVerdict verdict(int index, double level) {
    if (Double.isNaN(total.value(index))) {
      return GroupVerdict.gone(labels());
    }
    AlertLevels levels = condition.levels();
    return new RatioCondition(
            condition.totalQuery(), Double.isNaN(level) ? levels : levels.at(level))
        .judge(rule, labels(), part(index), total.value(index), total.records(index));
  }
}
