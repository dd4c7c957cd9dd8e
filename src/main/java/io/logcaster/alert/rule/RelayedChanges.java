package io.logcaster.alert.rule;

import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertFeed;
import java.util.List;

/**
 * Brings what the node on duty finds to the streams of this one, by way of the history in the
 * shared control database. Its sequences become visible in their order, because whoever writes them
 * holds the lease's row until then. One thread uses it.
 */
final class RelayedChanges {

  /** More than one evaluation of many groups; what remains follows with the next call. */
  private static final int LIMIT = 1_000;

  private final AlertStore store;
  private final AlertFeed feed;

  /** The last change that was relayed, or stored before this node started; -1 before the first. */
  private long last = -1;

  RelayedChanges(AlertStore store, AlertFeed feed) {
    this.store = store;
    this.feed = feed;
  }

  /** Relays what was stored since the last call; the first one only notes where to begin. */
  void relay() {
    if (last < 0) {
      last = store.lastSequence();
      return;
    }
    // What this node found while it was on duty, its streams have seen.
    List<AlertChange> changes = store.after(Math.max(last, feed.lastSequence()), LIMIT);
    changes.forEach(feed::relay);
    if (!changes.isEmpty()) {
      last = changes.getLast().sequence();
    }
  }
}
