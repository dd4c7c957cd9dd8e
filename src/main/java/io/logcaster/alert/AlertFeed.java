package io.logcaster.alert;

import io.logcaster.system.Printable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Publishes changes of alerts to listeners and streams. Thread-safe. */
public final class AlertFeed {

  private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);

  /** How many changes may wait for one stream; beyond that the oldest are dropped. */
  private static final int BUFFER = 1_000;

  private final List<AlertListener> listeners;
  private final Sinks.Many<AlertChange> sink = Sinks.many().multicast().directBestEffort();

  /** The latest sequence that streams have seen. */
  private long last;

  public AlertFeed(List<AlertListener> listeners) {
    this.listeners = new CopyOnWriteArrayList<>(listeners);
  }

  /** Adds a listener, which is told of all changes from now on. */
  public void subscribe(AlertListener listener) {
    listeners.add(listener);
  }

  /** Tells everybody of a change. */
  public synchronized void publish(AlertChange change) {
    for (AlertListener listener : listeners) {
      try {
        listener.changed(change);
      } catch (RuntimeException ex) {
        LOG.error("A listener failed on the alert '{}'", Printable.line(change.name()), ex);
      }
    }
    emit(change);
  }

  /**
   * Shows streams what another node has published. Listeners are not told: those of the other node
   * were.
   */
  public synchronized void relay(AlertChange change) {
    emit(change);
  }

  private void emit(AlertChange change) {
    last = Math.max(last, change.sequence());
    sink.tryEmitNext(change);
  }

  /** The latest sequence that streams have seen; 0 if there was none. */
  public synchronized long lastSequence() {
    return last;
  }

  /** All changes from now on; a slow subscriber misses the oldest ones. */
  public Flux<AlertChange> changes() {
    return sink.asFlux().onBackpressureBuffer(BUFFER, BufferOverflowStrategy.DROP_OLDEST);
  }
}
