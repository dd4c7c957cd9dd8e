package io.logcaster.client;

import org.jspecify.annotations.Nullable;

/**
 * Counts dropped records and keeps the last error. Drops are counted under the lock of the queue;
 * the listener is called outside of it.
 */
final class Losses {

  private final ClientListener listener;
  private long total;
  private long unreported;
  private @Nullable String reason;
  private volatile boolean pending;
  private volatile @Nullable String lastError;

  Losses(ClientListener listener) {
    this.listener = listener;
  }

  synchronized void add(long records, String why) {
    total += records;
    unreported += records;
    reason = why;
    pending = true;
  }

  synchronized long total() {
    return total;
  }

  void error(String message) {
    lastError = message;
  }

  @Nullable String lastError() {
    return lastError;
  }

  /** Notifies the listener of new drops. */
  void notifyListener() {
    if (!pending) {
      return;
    }
    long records;
    String why;
    synchronized (this) {
      records = unreported;
      why = (reason != null) ? reason : "";
      unreported = 0;
      pending = false;
    }
    if (records > 0) {
      listener.dropped(records, why);
    }
  }
}
