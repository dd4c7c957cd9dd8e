package io.logcaster.alert.trial;

import io.logcaster.alert.condition.GroupVerdict;
import java.util.Map;

/** One group of a rule over the steps of a trial. */
interface Track {

  Map<String, String> labels();

  /** The value at a step; NaN if the group has none. */
  double value(int index);

  /**
   * Whether the condition may hold at a step; false only if it surely does not.
   *
   * @param level the threshold or factor that is tried; NaN for the rule's own
   */
  boolean mayHold(int index, double level);

  /** What the condition says at a step. */
  GroupVerdict verdict(int index, double level);
}
