package io.logcaster.alert.trial;

import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.GroupVerdict;
import io.logcaster.alert.condition.Severities;
import java.util.Map;
import java.util.function.IntFunction;

/** A group whose value is compared with fixed numbers. */
final class LevelTrack implements Track {

  private final Map<String, String> labels;
  private final AlertLevels levels;
  private final StepValues values;
  private final IntFunction<GroupVerdict> judgement;

  /**
   * @param judgement judges the value at a step where there is one
   */
  LevelTrack(
      Map<String, String> labels,
      AlertLevels levels,
      StepValues values,
      IntFunction<GroupVerdict> judgement) {
    this.labels = labels;
    this.levels = levels;
    this.values = values;
    this.judgement = judgement;
  }

  @Override
  public Map<String, String> labels() {
    return labels;
  }

  @Override
  public double value(int index) {
    return values.value(index);
  }

  @Override
  public boolean mayHold(int index) {
    return levels.comparison().test(values.value(index), levels.lowest());
  }

  @Override
  public GroupVerdict verdict(int index) {
    return Double.isNaN(values.value(index)) ? GroupVerdict.gone(labels) : judgement.apply(index);
  }

  /** Counting at dozens of levels creates no verdict for each step: they are all alike. */
  @Override
  public Track at(double level) {
    AlertLevels moved = levels.at(level);
    GroupVerdict holds =
        GroupVerdict.holds(labels, Severities.WARNING, Double.NaN, null, () -> "holds");
    GroupVerdict keeps = new GroupVerdict(labels, null, true, Double.NaN, null, () -> "keeps");
    GroupVerdict gone = GroupVerdict.gone(labels);
    return new LevelTrack(
        labels,
        moved,
        values,
        (index) -> {
          double value = values.value(index);
          long records = values.records(index);
          return moved.holds(value, records) ? holds : moved.keeps(value, records) ? keeps : gone;
        });
  }
}
