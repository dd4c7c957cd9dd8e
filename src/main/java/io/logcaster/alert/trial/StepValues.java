package io.logcaster.alert.trial;

/** The values of one group at the steps of a trial. */
interface StepValues {

  /** The value at a step; NaN if the group has none. */
  double value(int index);

  /**
   * How many records it is made of; {@link io.logcaster.alert.query.GroupValue#NOT_COUNTED} if
   * unknown.
   */
  long records(int index);
}
