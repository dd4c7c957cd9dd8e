package io.logcaster.notice;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertListener;
import io.logcaster.alert.AlertState;
import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.Muting;
import io.logcaster.system.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each alert that fires or is resolved to the server's log, at once, unless it is muted. */
final class LogNotifier implements AlertListener {

  private static final Logger LOG = LoggerFactory.getLogger("io.logcaster.alert");

  private final Muting muting;

  LogNotifier(Muting muting) {
    this.muting = muting;
  }

  @Override
  public void changed(AlertChange change) {
    boolean worthTelling = change.to() == AlertState.FIRING || change.from() == AlertState.FIRING;
    AlertKey alert = Handling.key(change);
    if (!worthTelling || muting.isMuted(alert, change.time())) {
      return;
    }
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
