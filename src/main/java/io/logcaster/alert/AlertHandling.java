package io.logcaster.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people have decided about alerts, which is shown with them. */
public interface AlertHandling {

  /** Whether nobody is told of an alert for now. */
  boolean isSilenced(ActiveAlert alert, Instant now);

  /** Who has taken an alert on; null if nobody has. */
  @Nullable Acknowledgement acknowledgement(ActiveAlert alert);

  /** Somebody has seen an alert and takes care of it. */
  record Acknowledgement(String author, String comment, Instant time) {}
}
