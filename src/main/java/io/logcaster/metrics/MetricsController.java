package io.logcaster.metrics;

import io.logcaster.nodes.NodeLists;
import io.logcaster.nodes.Nodes;
import io.logcaster.system.OpenStreams;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The HTTP API of the live figures. */
@RestController
final class MetricsController {

  private final LiveMetrics metrics;
  private final NodeMetrics all;
  private final NodeLists answers;
  private final Nodes nodes;
  private final OpenStreams streams;

  MetricsController(
      LiveMetrics metrics, NodeMetrics all, NodeLists answers, Nodes nodes, OpenStreams streams) {
    this.metrics = metrics;
    this.all = all;
    this.answers = answers;
    this.nodes = nodes;
    this.streams = streams;
  }

  @Operation(
      summary = "The live figures",
      description =
          "With nodes=all, the sums over all nodes, and the figures of each. A node that does not"
              + " answer has an error there, and the figures that it had last.")
  @GetMapping("/api/v1/metrics")
  ResponseEntity<MetricsSnapshot> now(
      @RequestParam(name = "nodes", defaultValue = "") String which) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(answers.isFleet(which) ? all.now() : metrics.now());
  }

  @Operation(summary = "The live figures of this node, for another LogCaster")
  @GetMapping(NodeMetrics.PATH)
  ResponseEntity<NodeMetrics.Answer> node(
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller) {
    return answers.own(caller, () -> all.answer(nodes.id()));
  }

  /** Sends the figures every second: event {@code metrics}. */
  @GetMapping(path = "/api/v1/metrics/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<MetricsSnapshot>>> stream(
      @RequestParam(name = "nodes", defaultValue = "") String which, HttpServletRequest request) {
    boolean fleet = answers.isFleet(which);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no") // or nginx would buffer the events
        .body(
            streams.open(
                request,
                () ->
                    (fleet ? all.stream() : metrics.stream())
                        .map(
                            (snapshot) ->
                                ServerSentEvent.builder(snapshot).event("metrics").build())));
  }
}
