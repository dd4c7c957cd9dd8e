package io.logcaster.alert.trial;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.GroupVerdict;
import java.util.Map;

/** A group of a rule of kind {@code absence}. */
final class AbsenceTrack implements Track {

  private final AlertRule rule;
  private final SlidingValues values;
  private final int before;
  private final int firstSeen;

  /**
   * @param before how many steps before the first one are known
   * @param expected whether the group is missed even before it was seen
   */
  AbsenceTrack(AlertRule rule, SlidingValues values, int before, boolean expected) {
    this.rule = rule;
    this.values = values;
    this.before = before;
    int first = 0;
    while (!expected && first < values.size() && !isPresent(first)) {
      first++;
    }
    this.firstSeen = first;
  }

  private boolean isPresent(int at) {
    double value = values.value(at);
    return !Double.isNaN(value) && value != 0;
  }

  @Override
  public Map<String, String> labels() {
    return values.labels();
  }

  @Override
  public double value(int index) {
    double value = values.value(before + index);
    return Double.isNaN(value) ? 0 : value;
  }

  @Override
  public boolean mayHold(int index) {
    return before + index >= firstSeen && !isPresent(before + index);
  }

  @Override
  public GroupVerdict verdict(int index) {
    if (!mayHold(index)) {
      return GroupVerdict.clear(labels(), value(index), null, () -> "sends records again");
    }
    return GroupVerdict.holds(
        labels(),
        rule.severity(),
        0,
        null,
        () -> "no records for " + AlertDurations.print(rule.window()));
  }

  @Override
  public Track at(double level) {
    return this;
  }
}
