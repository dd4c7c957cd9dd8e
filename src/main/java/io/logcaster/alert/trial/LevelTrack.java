package io.logcaster.alert.trial;

import io.logcaster.alert.condition.AlertLevels;
import io.logcaster.alert.condition.GroupVerdict;
import java.util.Map;

/** A group whose value is compared with fixed numbers. */
final class LevelTrack implements Track {

  private final AlertLevels levels;
  private final SlidingValues values;
  private final Judgement judgement;

  /** Judges the value at a step. */
  @FunctionalInterface
  interface Judgement {

    GroupVerdict judge(AlertLevels levels, int index);
  }

  LevelTrack(AlertLevels levels, SlidingValues values, Judgement judgement) {
    this.levels = levels;
    this.values = values;
    this.judgement = judgement;
  }

  @Override
  public Map<String, String> labels() {
    return values.labels();
  }

  @Override
  public double value(int index) {
    return values.value(index);
  }

  @Override
  public boolean mayHold(int index, double level) {
    double lowest = levels.lowest() + (Double.isNaN(level) ? 0 : level - levels.threshold());
    return levels.comparison().test(values.value(index), lowest);
  }

  @Override
  public GroupVerdict verdict(int index, double level) {
    if (Double.isNaN(values.value(index))) {
      return GroupVerdict.gone(values.labels());
    }
    return judgement.judge(Double.isNaN(level) ? levels : levels.at(level), index);
  }
}
