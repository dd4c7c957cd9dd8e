package io.logcaster.alert;

import io.logcaster.system.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the server's log. */
final class LogNotifier implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger("io.logcaster.alert");

  @Override
  public void notify(AlertChange change) {
    // Labels are values of records, so they are untrusted.
    String name = Printable.line(change.name());
    String labels = Printable.line(change.labels().toString());
    if (change.to() == AlertState.FIRING) {
      LOG.warn("Alert firing: {} {}, value {}", name, labels, change.value());
    } else {
      LOG.info("Alert resolved: {} {}, value {}", name, labels, change.value());
    }
  }
}
