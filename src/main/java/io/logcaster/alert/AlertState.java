package io.logcaster.alert;

/** Where an alert stands. */
enum AlertState {

  /** The condition does not hold; an alert that fired before is resolved. */
  INACTIVE,

  /** The condition holds, but not yet for as long as the rule demands. */
  PENDING,

  /** The condition has held for long enough. */
  FIRING
}
