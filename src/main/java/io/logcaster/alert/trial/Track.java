package io.logcaster.alert.trial;

import io.logcaster.alert.condition.GroupVerdict;
import java.util.Map;

/** One group of a rule over the steps of a trial. */
interface Track {

  Map<String, String> labels();

  /** The value at a step; NaN if the group has none. */
  double value(int index);

  /** Whether the condition may hold at a step; false only if it surely does not. */
  boolean mayHold(int index);

  /** What the condition says at a step. */
  GroupVerdict verdict(int index);

  /**
   * The same with another threshold or factor. Its verdicts may leave out values and explanations:
   * it is for counting.
   */
  Track at(double level);
}
