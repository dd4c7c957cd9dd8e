package io.logcaster.notice.route;

import java.time.Instant;

/** What people have decided about alerts. */
public interface Muting {

  /** Whether a silence or a maintenance window covers an alert. */
  boolean isMuted(AlertKey alert, Instant now);

  /** Whether somebody has acknowledged an alert. */
  boolean isAcknowledged(AlertKey alert);
}
