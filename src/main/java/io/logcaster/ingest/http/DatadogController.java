package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonParser;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what Datadog's agent and libraries send to its log intake: JSON arrays, objects and lines
 * of objects, or plain lines. Tags become fields, see {@link DatadogTags}.
 *
 * @see <a href="https://docs.datadoghq.com/api/latest/logs/#send-logs">Datadog: send logs</a>
 */
@RestController
class DatadogController {

  /** What agents send to see whether the intake can be reached. */
  private static final String PROBE = "{}";

  private static final String[] ARGUMENTS = {"ddsource", "ddtags", "hostname", "service"};

  private final HttpInput input;
  private final int maxRecordSize;

  DatadogController(HttpInput datadogInput, IngestProperties properties) {
    this.input = datadogInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  @PostMapping("/api/v2/logs")
  ResponseEntity<Map<String, Object>> logs(HttpServletRequest request)
      throws IOException, InterruptedException {
    return receive(request, HttpStatus.ACCEPTED);
  }

  /** The first version, whose path may hold the key. */
  @PostMapping({"/v1/input", "/v1/input/{key}"})
  ResponseEntity<Map<String, Object>> input(HttpServletRequest request)
      throws IOException, InterruptedException {
    return receive(request, HttpStatus.OK);
  }

  /** Says that a key is valid, as whoever comes here has given one that is. */
  @Hidden // no part of LogCaster's own API
  @GetMapping("/api/v1/validate")
  Map<String, Object> validate() {
    return Map.of("valid", true);
  }

  private ResponseEntity<Map<String, Object>> receive(
      HttpServletRequest request, HttpStatus success) throws IOException, InterruptedException {
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(
              request,
              input.context(),
              List.of(),
              (in, records) ->
                  read(request, BodyBuffer.ofObjects(in.text(), maxRecordSize), records));
      if (result.rejected() == 0) {
        return ResponseEntity.status(success).body(Map.of());
      }
      // What was stored must not be sent again.
      HttpStatus status = (result.accepted() > 0) ? success : HttpStatus.BAD_REQUEST;
      return ResponseEntity.status(status)
          .body(
              Map.of(
                  "errors",
                  result.errors().stream()
                      .map((error) -> error("Log " + error.line() + ": " + error.reason()))
                      .toList()));
    } catch (RefusedException ex) {
      return ResponseEntity.status(ex.status())
          .headers(ex.headers())
          .body(Map.of("errors", List.of(error(ex.message()))));
    }
  }

  private static Map<String, String> error(String detail) {
    Map<String, String> error = new LinkedHashMap<>();
    error.put("title", "Bad Request");
    error.put("detail", detail);
    return error;
  }

  private void read(HttpServletRequest request, BodyBuffer body, HttpRecords records)
      throws IOException, OverloadedException, InterruptedException {
    @Nullable String[] arguments = new @Nullable String[ARGUMENTS.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = UrlArguments.get(request, ARGUMENTS[i]);
    }
    int first = body.firstByte();
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    boolean json = first == '{' || first == '[';
    DatadogTags tags = new DatadogTags(records.writer().builder(), ARGUMENTS, arguments);
    if (!json || type.startsWith("text/plain")) {
      LineBodies.text(body.ofText(maxRecordSize), maxRecordSize, records, given(arguments));
    } else if (!isProbe(body)) {
      JsonParser parser = JsonParser.ofDatadog(records.writer(), maxRecordSize);
      JsonObjects.read(body, parser, records, tags::apply);
    }
  }

  private static Map<String, String> given(@Nullable String[] arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String value = arguments[i];
      if (value != null && !value.isEmpty()) {
        String name =
            switch (ARGUMENTS[i]) {
              case "hostname" -> "host";
              case "service" -> "app";
              default -> ARGUMENTS[i];
            };
        given.put(name, value);
      }
    }
    return given;
  }

  private static boolean isProbe(BodyBuffer body) {
    int length = body.end() - body.from();
    if (length > 2 * PROBE.length()) {
      return false;
    }
    return new String(body.bytes(), body.from(), length, StandardCharsets.US_ASCII)
        .strip()
        .equals(PROBE);
  }
}
