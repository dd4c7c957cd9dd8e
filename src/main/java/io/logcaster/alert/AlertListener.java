package io.logcaster.alert;

/** Is told of every change of an alert: implement it as a bean. */
@FunctionalInterface
public interface AlertListener {

  /**
   * Called once per change, in order, after the change was stored. Runs on the thread that
   * evaluated the rule, so it must not block; an exception is logged and does not stop others.
   *
   * <p>If the process dies between storing and telling, nobody is told. A listener that must not
   * miss a change stores the last {@link AlertChange#sequence} that it dealt with, and asks {@link
   * Alerts#changesAfter} at its start.
   */
  void changed(AlertChange change);
}
