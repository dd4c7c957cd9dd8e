package io.logcaster.alert;

import io.logcaster.system.Printable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies of alerts that fire or are resolved, unless they are silenced. */
final class Notifications implements AlertListener {

  private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

  private final Silences silences;
  private final List<Notifier> notifiers;

  Notifications(Silences silences, List<Notifier> notifiers) {
    this.silences = silences;
    this.notifiers = List.copyOf(notifiers);
  }

  @Override
  public void changed(AlertChange change) {
    boolean worthTelling = change.to() == AlertState.FIRING || change.from() == AlertState.FIRING;
    if (!worthTelling
        || silences.covers(change.rule(), change.severity(), change.labels(), change.time())) {
      return;
    }
    for (Notifier notifier : notifiers) {
      try {
        notifier.notify(change);
      } catch (RuntimeException ex) {
        LOG.error("A notifier failed on the alert '{}'", Printable.line(change.name()), ex);
      }
    }
  }
}
