package io.logcaster.system;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The open live streams. Their number is limited. A stream ends when its reader's credentials are
 * revoked and when the server starts to stop; otherwise the web server, which waits for open
 * requests, would wait for it without end.
 */
@Component
public class OpenStreams implements SmartLifecycle {

  private final StreamProperties properties;
  private final Revocations revocations;
  private final AtomicInteger open = new AtomicInteger();

  private volatile Sinks.Empty<Void> end = Sinks.empty();
  private volatile boolean running;

  OpenStreams(StreamProperties properties, Revocations revocations) {
    this.properties = properties;
    this.revocations = revocations;
  }

  /**
   * Reserves a place for a stream and releases it when the stream ends, for whatever reason. A HEAD
   * request gets only the headers: it needs no place and starts nothing.
   *
   * @param request the request that the stream answers
   * @param source creates the stream; called once, when the place is reserved
   * @return the stream, to be subscribed to once
   * @throws ProblemException 503 {@code too_many_streams} when all places are taken
   */
  public <T> Flux<T> open(HttpServletRequest request, Supplier<Flux<T>> source) {
    if (request.getMethod().equals("HEAD")) {
      return Flux.empty();
    }
    if (open.incrementAndGet() > properties.maxOpen()) {
      open.decrementAndGet();
      throw new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE,
              "too_many_streams",
              "All %d live streams are in use. Close one or raise logcaster.streams.max-open."
                  .formatted(properties.maxOpen()))
          .header("Retry-After", "10");
    }
    Sinks.Empty<Void> revoked = Sinks.empty();
    try {
      Flux<T> stream = source.get();
      Runnable unwatch = revocations.watch(request.getUserPrincipal(), revoked::tryEmitEmpty);
      return stream
          .takeUntilOther(Mono.defer(() -> end.asMono()))
          .takeUntilOther(revoked.asMono())
          .doFinally(
              (signal) -> {
                unwatch.run();
                open.decrementAndGet();
              });
    } catch (RuntimeException ex) {
      open.decrementAndGet();
      throw ex;
    }
  }

  /**
   * Adds heartbeat comments to a stream of events, so that both ends notice a broken connection.
   */
  public <T> Flux<ServerSentEvent<T>> openEvents(
      HttpServletRequest request, Supplier<Flux<ServerSentEvent<T>>> source) {
    return open(
        request,
        () -> {
          Flux<ServerSentEvent<T>> beats =
              Flux.interval(Duration.ZERO, properties.heartbeat())
                  .onBackpressureDrop()
                  .map((tick) -> ServerSentEvent.<T>builder().comment("").build());
          return Flux.merge(source.get(), beats);
        });
  }

  /** The number of open streams. */
  public int count() {
    return open.get();
  }

  @Override
  public void start() {
    end = Sinks.empty();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    end.tryEmitEmpty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The highest phase, which stops first: before the web server. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
