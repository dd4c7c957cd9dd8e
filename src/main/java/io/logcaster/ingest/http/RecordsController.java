package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * LogCaster's own endpoint for records, and the one of VictoriaLogs for lines of JSON. Both answer
 * when the records are durable.
 */
@RestController
class RecordsController {

  private final HttpInput input;
  private final int maxRecordSize;
  private final ParserPool<JsonParser> lineParsers;

  RecordsController(HttpInput httpInput, IngestProperties properties) {
    this.input = httpInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.lineParsers =
        new ParserPool<>(
            httpInput.context(), (out) -> new JsonParser(out, JsonNames.DEFAULT, maxRecordSize));
  }

  /**
   * Takes lines of JSON, JSON objects or lines of text, as the content type says; also at the root,
   * where clients of Logstash's and Fluentd's HTTP inputs send.
   */
  @RequestMapping(
      path = {"/api/v1/records", "/"},
      method = {RequestMethod.POST, RequestMethod.PUT},
      produces = MediaType.APPLICATION_JSON_VALUE)
  HttpRecords.Result records(HttpServletRequest request) throws IOException, InterruptedException {
    BodyKind kind = BodyKind.of(request.getContentType());
    List<String> streams = UrlArguments.names(request, "stream_fields", null);
    JsonNames names =
        names(streams)
            .with(
                UrlArguments.names(request, "time_field", null),
                UrlArguments.names(request, "msg_field", null));
    return take(request, kind, names, streams);
  }

  /** As VictoriaLogs takes it: whatever the content type says, the body is lines of JSON. */
  @PostMapping(path = "/insert/jsonline", produces = MediaType.APPLICATION_JSON_VALUE)
  HttpRecords.Result jsonLines(HttpServletRequest request)
      throws IOException, InterruptedException {
    List<String> streams = UrlArguments.names(request, "_stream_fields", "VL-Stream-Fields");
    JsonNames names =
        names(streams)
            .with(
                UrlArguments.names(request, "_time_field", "VL-Time-Field"),
                UrlArguments.names(request, "_msg_field", "VL-Msg-Field"));
    return take(request, BodyKind.LINES, names, streams);
  }

  private static JsonNames names(List<String> streams) {
    return streams.isEmpty() ? JsonNames.DEFAULT : JsonNames.DEFAULT.asSent();
  }

  private HttpRecords.Result take(
      HttpServletRequest request, BodyKind kind, JsonNames names, List<String> streams)
      throws IOException, InterruptedException {
    try {
      if (kind == BodyKind.LINES && streams.isEmpty() && names.equals(JsonNames.DEFAULT)) {
        return answer(
            RequestReceiver.receive(
                request,
                lineParsers,
                (in, records, parser) ->
                    LineBodies.lines(
                        BodyBuffer.ofObjects(in.text(), maxRecordSize), parser, records)));
      }
      return answer(
          RequestReceiver.receive(
              request, input.context(), streams, (in, records) -> read(in, kind, names, records)));
    } catch (RefusedException ex) {
      throw ex.problem();
    }
  }

  private void read(RequestBody in, BodyKind kind, JsonNames names, HttpRecords records)
      throws IOException, OverloadedException, InterruptedException {
    BodyBuffer body = BodyBuffer.ofObjects(in.text(), maxRecordSize);
    JsonParser parser = new JsonParser(records.writer(), names, maxRecordSize);
    switch (kind == BodyKind.UNSAID ? BodyKind.of(body.firstByte()) : kind) {
      case LINES -> LineBodies.lines(body, parser, records);
      case OBJECTS -> JsonObjects.read(body, parser, false, records);
      default -> LineBodies.text(body.ofText(maxRecordSize), maxRecordSize, records, Map.of());
    }
  }

  private static HttpRecords.Result answer(HttpRecords.Result result) {
    if (result.accepted() > 0) {
      return result;
    }
    String detail =
        result.rejected() == 0 ? "The body holds no records." : "No record could be accepted.";
    throw new ProblemException(HttpStatus.BAD_REQUEST, "no_record_accepted", detail)
        .with("accepted", 0)
        .with("rejected", result.rejected())
        .with("errors", result.errors());
  }

  /** How to read a body. */
  private enum BodyKind {
    LINES,
    OBJECTS,
    TEXT,

    /** Not said, or said by a client that says so of everything, as curl does of forms. */
    UNSAID;

    static BodyKind of(int firstByte) {
      return switch (firstByte) {
        case '{' -> LINES;
        case '[' -> OBJECTS;
        default -> TEXT;
      };
    }

    static BodyKind of(@Nullable String contentType) {
      String type = (contentType == null) ? "" : contentType.toLowerCase(Locale.ROOT);
      int semicolon = type.indexOf(';');
      return switch ((semicolon < 0 ? type : type.substring(0, semicolon)).strip()) {
        case "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonlines",
            "application/stream+json" ->
            LINES;
        case "application/json" -> OBJECTS;
        case "text/plain" -> TEXT;
        case "", "application/x-www-form-urlencoded", "application/octet-stream" -> UNSAID;
        default ->
            throw new ProblemException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Content-Type '%s' is not taken; send application/x-ndjson, application/json or text/plain."
                    .formatted(type));
      };
    }
  }
}
