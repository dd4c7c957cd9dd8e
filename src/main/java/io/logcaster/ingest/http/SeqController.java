package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what Serilog, NLog and others send to Seq: lines of the compact log event format (CLEF), or
 * an object whose {@code Events} is an array of events, as older senders write them.
 *
 * @see <a href="https://datalust.co/docs/posting-raw-events">Posting raw events to Seq</a>
 */
@RestController
class SeqController {

  private static final byte[] EVENTS = Bytes.ascii("\"Events\"");

  private final HttpInput input;
  private final int maxRecordSize;
  private final ParserPool<JsonParser> parsers;

  SeqController(HttpInput seqInput, IngestProperties properties) {
    this.input = seqInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.parsers =
        new ParserPool<>(
            input.context(), (out) -> new JsonParser(out, JsonNames.DEFAULT, maxRecordSize));
  }

  /**
   * Answers 201 if any event was stored: senders repeat a whole request that fails, and the events
   * that were stored would be stored again. The answer names the first malformed event.
   */
  @PostMapping({"/api/events/raw", "/ingest/clef"})
  ResponseEntity<Map<String, @Nullable Object>> events(HttpServletRequest request)
      throws IOException, InterruptedException {
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(
              request,
              parsers,
              (in, records, parser) -> {
                BodyBuffer body = BodyBuffer.ofObjects(in.text(), maxRecordSize);
                if (skipEnvelope(body)) {
                  JsonObjects.read(body, parser, false, records);
                } else {
                  LineBodies.lines(body, parser, records);
                }
              });
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("MinimumLevelAccepted", null);
      if (result.rejected() > 0) {
        HttpRecords.LineError first = result.errors().getFirst();
        answer.put(
            "Error",
            "%d of %d events are rejected, the first of them number %d: %s"
                .formatted(
                    result.rejected(),
                    result.accepted() + result.rejected(),
                    first.line(),
                    first.reason()));
      }
      boolean none = result.accepted() == 0 && result.rejected() > 0;
      return ResponseEntity.status(none ? HttpStatus.BAD_REQUEST : HttpStatus.CREATED).body(answer);
    } catch (RefusedException ex) {
      return ResponseEntity.status(ex.status())
          .headers(ex.headers())
          .body(Map.of("Error", ex.message()));
    }
  }

  /** Skips what is before the events of an object that holds nothing else. */
  private static boolean skipEnvelope(BodyBuffer body) throws IOException {
    if (body.firstByte() != '{') {
      return false;
    }
    byte[] bytes = body.bytes();
    int end = body.end();
    int at = skipSpace(bytes, skipSpace(bytes, body.from(), end) + 1, end);
    if (!Bytes.startsWith(bytes, at, end, EVENTS)) {
      return false;
    }
    at = skipSpace(bytes, at + EVENTS.length, end);
    if (at >= end || bytes[at] != ':') {
      return false;
    }
    at = skipSpace(bytes, at + 1, end);
    if (at >= end || bytes[at] != '[') {
      return false;
    }
    body.used(at + 1);
    return true;
  }

  private static int skipSpace(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
    return at;
  }
}
