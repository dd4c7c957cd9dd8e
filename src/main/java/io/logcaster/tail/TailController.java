package io.logcaster.tail;

import io.logcaster.system.OpenStreams;
import io.logcaster.tail.TailEvent.Gap;
import io.logcaster.tail.TailEvent.Heartbeat;
import io.logcaster.tail.TailEvent.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The HTTP API of the live tail: server-sent events for browsers, JSON lines for other clients. */
@RestController
final class TailController {

  private static final String JSON_LINES = MediaType.APPLICATION_NDJSON_VALUE;

  private final TailHub hub;
  private final TailQueries queries;
  private final OpenStreams streams;

  TailController(TailHub hub, TailQueries queries, OpenStreams streams) {
    this.hub = hub;
    this.queries = queries;
    this.streams = streams;
  }

  /**
   * Sends the records that a query selects, as they are stored: event {@code records} with an array
   * of them, event {@code gap} with {@code {"dropped":n}} if the client was too slow.
   */
  @RequestMapping(
      path = "/api/v1/tail",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<byte[]>>> events(HttpServletRequest request) {
    return answer(
        MediaType.TEXT_EVENT_STREAM, tail(request, TailFormat.ARRAY).map(TailController::event));
  }

  /** Sends the same records as JSON lines, without reporting gaps. */
  @RequestMapping(
      path = "/select/logsql/tail",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = JSON_LINES)
  ResponseEntity<Flux<String>> lines(HttpServletRequest request) {
    return answer(
        MediaType.APPLICATION_NDJSON, tail(request, TailFormat.LINES).map(TailController::lines));
  }

  private Flux<TailEvent> tail(HttpServletRequest request, TailFormat format) {
    TailQueries.Compiled compiled = queries.compile(request);
    return streams.open(request, () -> hub.tail(compiled.text(), compiled.query(), format));
  }

  private static <T> ResponseEntity<Flux<T>> answer(MediaType type, Flux<T> body) {
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no") // or nginx would buffer the records
        .body(body);
  }

  private static ServerSentEvent<byte[]> event(TailEvent event) {
    ServerSentEvent.Builder<byte[]> builder = ServerSentEvent.builder();
    return switch (event) {
      case Records records -> builder.event("records").data(records.json()).build();
      case Gap gap ->
          builder
              .event("gap")
              .data("{\"dropped\":%d}".formatted(gap.dropped()).getBytes(StandardCharsets.US_ASCII))
              .build();
      case Heartbeat beat -> builder.comment("").build();
    };
  }

  /** JSON parsers ignore a space before a line; an empty line would be an error. */
  private static String lines(TailEvent event) {
    return switch (event) {
      case Records records -> new String(records.json(), StandardCharsets.UTF_8);
      case Gap gap -> " ";
      case Heartbeat beat -> " ";
    };
  }
}
