package io.logcaster.storage.tier;

import java.io.IOException;

/** The prefix belongs to another server, so that this one must change nothing there. */
public final class TierOwnerException extends IOException {

  private static final long serialVersionUID = 1L;

  TierOwnerException(String message) {
    super(message);
  }
}
