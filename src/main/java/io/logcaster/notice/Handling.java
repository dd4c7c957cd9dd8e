package io.logcaster.notice;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertHandling;
import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.Muting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What silences, maintenance windows and acknowledgements say about alerts. Thread-safe. */
final class Handling implements AlertHandling, Muting {

  private final Silences silences;
  private final MaintenanceStore maintenance;
  private final Acknowledgements acknowledgements;

  Handling(Silences silences, MaintenanceStore maintenance, Acknowledgements acknowledgements) {
    this.silences = silences;
    this.maintenance = maintenance;
    this.acknowledgements = acknowledgements;
  }

  /** Takes over what other nodes have changed. */
  void reload() {
    silences.reload();
    maintenance.reload();
    acknowledgements.reload();
  }

  static AlertKey key(ActiveAlert alert) {
    return AlertKey.of(alert.rule(), alert.name(), alert.severity(), alert.labels());
  }

  static AlertKey key(AlertChange change) {
    return AlertKey.of(change.rule(), change.name(), change.severity(), change.labels());
  }

  @Override
  public boolean isSilenced(ActiveAlert alert, Instant now) {
    return isMuted(key(alert), now);
  }

  @Override
  public boolean isMuted(AlertKey alert, Instant now) {
    return silences.covers(alert, now) || maintenance.covers(alert, now);
  }

  @Override
  public boolean isAcknowledged(AlertKey alert) {
    return acknowledgements.find(alert.rule(), alert.labels()) != null;
  }

  @Override
  public @Nullable Acknowledgement acknowledgement(ActiveAlert alert) {
    return acknowledgements.find(alert.rule(), alert.labels());
  }
}
