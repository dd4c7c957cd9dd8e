package io.logcaster.alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the server's log. */
final class LogNotifier implements Notifier {

  private static final Logger LOG = LoggerFactory.getLogger("io.logcaster.alert");

  @Override
  public void notify(AlertChange change) {
    if (change.to() == AlertState.FIRING) {
      LOG.warn("Alert firing: {} {}, value {}", change.name(), change.labels(), change.value());
    } else {
      LOG.info("Alert resolved: {} {}, value {}", change.name(), change.labels(), change.value());
    }
  }
}
