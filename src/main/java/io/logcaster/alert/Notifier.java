package io.logcaster.alert;

/** Notifies people of alerts that start to fire and alerts that are resolved. */
@FunctionalInterface
interface Notifier {

  /** Notifies of a change. Must not block or throw. */
  void notify(AlertChange change);
}
