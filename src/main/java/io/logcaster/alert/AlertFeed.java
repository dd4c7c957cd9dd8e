package io.logcaster.alert;

import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Publishes changes of alerts to streams and notifiers. Thread-safe. */
final class AlertFeed {

  /** How many changes may wait for one stream; beyond that the oldest are dropped. */
  private static final int BUFFER = 1_000;

  private final List<Consumer<AlertChange>> consumers;
  private final Sinks.Many<AlertChange> sink = Sinks.many().multicast().directBestEffort();

  /**
   * @param consumers called in turn on the publishing thread; must not block or throw
   */
  AlertFeed(List<Consumer<AlertChange>> consumers) {
    this.consumers = List.copyOf(consumers);
  }

  synchronized void publish(AlertChange change) {
    consumers.forEach((consumer) -> consumer.accept(change));
    sink.tryEmitNext(change);
  }

  /** All changes from now on. */
  Flux<AlertChange> changes() {
    return sink.asFlux().onBackpressureBuffer(BUFFER, BufferOverflowStrategy.DROP_OLDEST);
  }
}
