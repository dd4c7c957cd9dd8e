package io.logcaster.alert;

/** Tells people about alerts that begin to fire and alerts that are resolved. */
@FunctionalInterface
interface Notifier {

  /** Takes a change to tell. Must not block or throw. */
  void notify(AlertChange change);
}
