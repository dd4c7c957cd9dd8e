package io.logcaster.notice;

import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.Muting;
import java.time.Instant;

/** Nobody has decided anything about any alert. */
final class Unmuted implements Muting {

  @Override
  public boolean isMuted(AlertKey alert, Instant now) {
    return false;
  }

  @Override
  public boolean isAcknowledged(AlertKey alert) {
    return false;
  }
}
