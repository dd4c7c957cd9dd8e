package io.logcaster.alert;

/** The state of an alert. */
public enum AlertState {

  /** The condition does not hold; an alert that fired before is resolved. */
  INACTIVE,

  /** The condition holds, but not yet for as long as the rule requires. */
  PENDING,

  /** The condition has held for long enough. */
  FIRING
}
