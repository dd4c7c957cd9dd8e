package io.logcaster.metrics;

import io.logcaster.system.OpenStreams;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The HTTP API of the live figures. */
@RestController
@RequestMapping("/api/v1/metrics")
final class MetricsController {

  private final LiveMetrics metrics;
  private final OpenStreams streams;

  MetricsController(LiveMetrics metrics, OpenStreams streams) {
    this.metrics = metrics;
    this.streams = streams;
  }

  @GetMapping
  ResponseEntity<MetricsSnapshot> now() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(metrics.now());
  }

  /** Sends the figures every second: event {@code metrics}. */
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<MetricsSnapshot>>> stream(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no") // or nginx would buffer the events
        .body(
            streams.open(
                request,
                () ->
                    metrics.stream()
                        .map(
                            (snapshot) ->
                                ServerSentEvent.builder(snapshot).event("metrics").build())));
  }
}
