package io.logcaster.tail;

import io.logcaster.nodes.Nodes;
import io.logcaster.system.OpenStreams;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The tail of this node's own records, for other nodes: it never asks further ones. */
@RestController
final class NodeTailController {

  private final TailHub hub;
  private final TailQueries queries;
  private final OpenStreams streams;
  private final Nodes nodes;

  NodeTailController(TailHub hub, TailQueries queries, OpenStreams streams, Nodes nodes) {
    this.hub = hub;
    this.queries = queries;
    this.streams = streams;
    this.nodes = nodes;
  }

  @Operation(summary = "The live tail of this node's own records, for another LogCaster")
  @PostMapping(path = RemoteTails.PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<byte[]>>> events(HttpServletRequest request) {
    if (nodes.id().equals(request.getHeader(Nodes.CALLER))) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "node_is_caller", "This is the node that asks.");
    }
    TailQueries.Compiled compiled = queries.compile(request);
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .cacheControl(CacheControl.noStore())
        .header(Nodes.CALLER, nodes.id())
        .body(
            streams
                .open(request, () -> hub.tail(compiled, TailFormat.ARRAY))
                .map(TailController::event));
  }
}
