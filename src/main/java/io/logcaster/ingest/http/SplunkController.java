package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Splunk's HTTP event collector. Events are concatenated JSON objects, with or without anything
 * between them; what is inside {@code event} and {@code fields} becomes fields of the record.
 */
@RestController
class SplunkController {

  private static final JsonMapper JSON = new JsonMapper();

  /** Room for 100,000 of them, more than any sender has under way. */
  private static final int MAX_ACKS_BYTES = 1 << 20;

  private static final String COLLECTOR = "/services/collector";

  /**
   * Splunk's library for Node puts an object into {@code event.message}, Docker's driver into line.
   */
  private static final List<String> ENVELOPES = List.of("event", "fields", "message", "line");

  private final HttpInput input;
  private final int maxRecordSize;
  private final AtomicLong lastAck = new AtomicLong();

  SplunkController(HttpInput splunkInput, IngestProperties properties) {
    this.input = splunkInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  @PostMapping({
    COLLECTOR,
    COLLECTOR + "/",
    COLLECTOR + "/event",
    COLLECTOR + "/event/",
    COLLECTOR + "/event/1.0",
    COLLECTOR + "/1.0"
  })
  ResponseEntity<Map<String, Object>> events(HttpServletRequest request)
      throws IOException, InterruptedException {
    return receive(
        request,
        (body, records) ->
            JsonObjects.read(
                BodyBuffer.ofObjects(body.text(), maxRecordSize),
                new JsonParser(records.writer(), JsonNames.SPLUNK, maxRecordSize, ENVELOPES),
                false,
                records));
  }

  /** Lines of text; the arguments name their host and source. */
  @PostMapping({COLLECTOR + "/raw", COLLECTOR + "/raw/1.0"})
  ResponseEntity<Map<String, Object>> raw(HttpServletRequest request)
      throws IOException, InterruptedException {
    return receive(
        request,
        (body, records) ->
            LineBodies.text(
                new BodyBuffer(body.text(), maxRecordSize),
                maxRecordSize,
                records,
                arguments(request, "host", "source", "sourcetype", "index")));
  }

  private static Map<String, String> arguments(HttpServletRequest request, String... names) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      String value = UrlArguments.get(request, name);
      if (value != null && !value.isEmpty()) {
        values.put(name, value);
      }
    }
    return values;
  }

  private ResponseEntity<Map<String, Object>> receive(
      HttpServletRequest request, RequestReceiver.Reading reading)
      throws IOException, InterruptedException {
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(request, input.context(), List.of(), reading);
      if (result.rejected() > 0) {
        HttpRecords.LineError first = result.errors().getFirst();
        Map<String, Object> answer = answer("Invalid data format", 6);
        answer.put("invalid-event-number", Math.max(0, first.line() - 1));
        answer.put("accepted", result.accepted());
        answer.put("rejected", result.rejected());
        answer.put("errors", result.errors());
        return ResponseEntity.badRequest().body(answer);
      }
      if (result.accepted() == 0) {
        return ResponseEntity.badRequest().body(answer("No data", 5));
      }
    } catch (RefusedException ex) {
      return refused(ex);
    }
    Map<String, Object> answer = answer("Success", 0);
    if (request.getHeader("X-Splunk-Request-Channel") != null
        || UrlArguments.get(request, "channel") != null) {
      answer.put("ackId", lastAck.getAndIncrement());
    }
    return ResponseEntity.ok(answer);
  }

  private static ResponseEntity<Map<String, Object>> refused(RefusedException ex) {
    boolean busy =
        ex.status() == HttpStatus.TOO_MANY_REQUESTS
            || ex.status() == HttpStatus.SERVICE_UNAVAILABLE;
    HttpStatus status = busy ? HttpStatus.SERVICE_UNAVAILABLE : ex.status();
    return ResponseEntity.status(status)
        .headers(ex.headers())
        .body(busy ? answer("Server is busy", 9) : answer(ex.message(), 6));
  }

  private static Map<String, Object> answer(String text, int code) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("text", text);
    answer.put("code", code);
    return answer;
  }

  /** What was answered is durable, so all acknowledgements that were given out are due. */
  @PostMapping({COLLECTOR + "/ack", COLLECTOR + "/ack/1.0"})
  ResponseEntity<Map<String, Object>> acks(HttpServletRequest request) throws IOException {
    Map<String, Boolean> acks = new LinkedHashMap<>();
    try {
      // Whatever the content type says: curl and others say it is a form.
      byte[] body = request.getInputStream().readNBytes(MAX_ACKS_BYTES);
      for (JsonNode id : JSON.readTree(body).path("acks")) {
        acks.put(id.asString(""), id.isNumber() && id.asLong() < lastAck.get());
      }
    } catch (JacksonException ex) {
      return ResponseEntity.badRequest().body(answer("Invalid data format", 6));
    }
    return ResponseEntity.ok(Map.of("acks", acks));
  }

  @GetMapping({COLLECTOR + "/health", COLLECTOR + "/health/1.0"})
  Map<String, Object> health() {
    return answer("HEC is healthy", 17);
  }
}
