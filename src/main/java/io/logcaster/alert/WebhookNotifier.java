package io.logcaster.alert;

import io.logcaster.system.Printable;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Posts alerts as JSON to a URL, one after the other so that they arrive in order. A failed POST is
 * retried with exponential back-off; an alert that cannot be delivered is logged.
 */
final class WebhookNotifier implements Notifier, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookNotifier.class);

  /** How many alerts may wait while the receiver does not answer. */
  private static final int WAITING = 1_000;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final URI url;
  private final WebClient client;
  private final Duration timeout;
  private final Retry retry;
  private final Sinks.Many<AlertChange> queue =
      Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(WAITING));
  private final Disposable subscription;

  /**
   * @param firstPause the pause before the second attempt
   */
  WebhookNotifier(URI url, Duration timeout, int attempts, Duration firstPause, WebClient client) {
    this.url = url;
    this.timeout = timeout;
    this.client = client;
    this.retry = Retry.backoff(attempts - 1L, firstPause).maxBackoff(LONGEST_PAUSE);
    this.subscription = queue.asFlux().concatMap(this::post, 1).subscribe();
  }

  private Mono<Void> post(AlertChange change) {
    return client
        .post()
        .uri(url)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(change)
        .retrieve()
        .toBodilessEntity()
        .timeout(timeout)
        .retryWhen(retry)
        .then()
        .onErrorResume(
            (failure) -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              LOG.error(
                  "The alert '{}' {} could not be posted to {}: {}",
                  Printable.line(change.name()),
                  change.to(),
                  url.getHost(), // the rest of the URL may contain a secret
                  cause.getMessage());
              return Mono.empty();
            });
  }

  @Override
  public synchronized void notify(AlertChange change) {
    if (queue.tryEmitNext(change).isFailure()) {
      LOG.error(
          "The alert '{}' {} is not posted to {}: {} others are already waiting",
          Printable.line(change.name()),
          change.to(),
          url.getHost(),
          WAITING);
    }
  }

  @Override
  public void close() {
    subscription.dispose();
  }
}
