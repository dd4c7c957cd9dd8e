package io.logcaster.alert.trial;

import io.logcaster.alert.condition.AlertRule;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.NewTemplateCondition;
import io.logcaster.template.TemplateBirth;
import java.time.Instant;
import java.util.Map;

/** The birth of a template in the trial of a rule of kind {@code new-template}. */
final class BirthTrack implements Track {

  private final AlertRule rule;
  private final TemplateBirth birth;
  private final TrialGrid grid;

  BirthTrack(AlertRule rule, TemplateBirth birth, TrialGrid grid) {
    this.rule = rule;
    this.birth = birth;
    this.grid = grid;
  }

  @Override
  public Map<String, String> labels() {
    return NewTemplateCondition.labels(birth);
  }

  @Override
  public double value(int index) {
    return mayHold(index) ? 1 : Double.NaN;
  }

  @Override
  public boolean mayHold(int index) {
    Instant end = grid.time(index);
    return birth.learned().isBefore(end) && !birth.learned().isBefore(end.minus(rule.window()));
  }

  @Override
  public GroupVerdict verdict(int index) {
    return mayHold(index)
        ? GroupVerdict.holds(
            labels(), rule.severity(), 1, null, () -> NewTemplateCondition.explain(birth))
        : GroupVerdict.gone(labels());
  }

  @Override
  public Track at(double level) {
    return this;
  }
}
