package io.logcaster.tail;

import io.logcaster.system.OpenStreams;
import io.logcaster.tail.TailEvent.Gap;
import io.logcaster.tail.TailEvent.Heartbeat;
import io.logcaster.tail.TailEvent.Records;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of the live tail: server-sent events for browsers, JSON lines for other clients. */
@RestController
final class TailController {

  private static final String JSON_LINES = MediaType.APPLICATION_NDJSON_VALUE;

  private static final JsonMapper JSON = new JsonMapper();

  private final TailHub hub;
  private final TailQueries queries;
  private final OpenStreams streams;
  private final RemoteTails remotes;

  TailController(TailHub hub, TailQueries queries, OpenStreams streams, RemoteTails remotes) {
    this.hub = hub;
    this.queries = queries;
    this.streams = streams;
    this.remotes = remotes;
  }

  /**
   * Sends the records that a query selects, as they are stored: event {@code records} with an array
   * of them, event {@code gap} with {@code {"dropped":n}} if the client was too slow, event {@code
   * missing} with {@code {"node":…,"reason":…}} if another node does not answer.
   *
   * <p>With the argument {@code taken=also}, or {@code only}, it also sends what transforms and the
   * record filter take out: records with the fields {@link io.logcaster.transform.Taken#BY} and
   * {@link io.logcaster.transform.Taken#WHY}, as they were when they were taken out.
   */
  @RequestMapping(
      path = "/api/v1/tail",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<byte[]>>> events(HttpServletRequest request) {
    return answer(
        MediaType.TEXT_EVENT_STREAM,
        tail(request, TailFormat.ARRAY, TailController::event, TailController::event));
  }

  /** Sends the same records as JSON lines, without reporting gaps. */
  @RequestMapping(
      path = "/select/logsql/tail",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = JSON_LINES)
  ResponseEntity<Flux<String>> lines(HttpServletRequest request) {
    return answer(
        MediaType.APPLICATION_NDJSON,
        tail(request, TailFormat.LINES, TailController::lines, TailController::lines));
  }

  /** The tail of the own records, and of those of other nodes if there are any. */
  private <T> Flux<T> tail(
      HttpServletRequest request,
      TailFormat format,
      Function<TailEvent, T> own,
      Function<RemoteTails.Event, T> others) {
    TailQueries.Compiled compiled = queries.compile(request);
    return streams.open(
        request,
        () -> {
          Flux<T> here = hub.tail(compiled, format).map(own);
          return remotes.isEmpty()
              ? here
              : Flux.merge(here, remotes.events(form(request)).map(others));
        });
  }

  /** The arguments of a request as a form. */
  private static String form(HttpServletRequest request) {
    StringBuilder form = new StringBuilder();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                form.append(form.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
              }
            });
    return form.toString();
  }

  private static ServerSentEvent<byte[]> event(RemoteTails.Event event) {
    return ServerSentEvent.<byte[]>builder()
        .event(event.name())
        .data(event.data().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static String lines(RemoteTails.Event event) {
    if (!event.name().equals("records")) {
      return " ";
    }
    StringBuilder lines = new StringBuilder();
    for (JsonNode record : JSON.readTree(event.data())) {
      lines.append(record).append('\n');
    }
    return lines.toString();
  }

  private static <T> ResponseEntity<Flux<T>> answer(MediaType type, Flux<T> body) {
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no") // or nginx would buffer the records
        .body(body);
  }

  static ServerSentEvent<byte[]> event(TailEvent event) {
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
