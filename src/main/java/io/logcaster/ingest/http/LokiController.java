package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes what Promtail, Alloy, Vector and others push to Loki. */
@RestController
class LokiController {

  private final HttpInput input;
  private final int maxRecordSize;
  private final ParserPool<LokiPush.Parser> parsers;

  LokiController(HttpInput lokiInput, IngestProperties properties) {
    this.input = lokiInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.parsers =
        new ParserPool<>(input.context(), (out) -> LokiPush.Parser.of(out, maxRecordSize));
  }

  @PostMapping({"/loki/api/v1/push", "/insert/loki/api/v1/push", "/api/prom/push"})
  ResponseEntity<String> push(HttpServletRequest request) throws IOException, InterruptedException {
    boolean json = isJson(request.getContentType());
    boolean parsesLines =
        !UrlArguments.isTrue(request, "disable_message_parsing", "VL-Loki-Disable-Message-Parsing");
    @Nullable String tenant = request.getHeader("X-Scope-OrgID");
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(
              new Unpacked(request),
              parsers,
              (body, records, parser) -> {
                try (WholeBody whole = WholeBody.read(json ? body.text() : body)) {
                  LokiPush push = new LokiPush(records, parser, maxRecordSize, tenant, parsesLines);
                  if (json) {
                    push.json(whole);
                  } else {
                    push.protobuf(whole);
                  }
                }
              });
      if (result.rejected() > 0) {
        // As in Loki: valid entries are stored, and the answer reports the others.
        HttpRecords.LineError first = result.errors().getFirst();
        throw new RefusedException(
            "%d of %d entries are rejected, the first of them number %d: %s"
                .formatted(
                    result.rejected(),
                    result.accepted() + result.rejected(),
                    first.line(),
                    first.reason()));
      }
      return ResponseEntity.noContent().build();
    } catch (RefusedException ex) {
      return ResponseEntity.status(ex.status())
          .headers(ex.headers())
          .contentType(MediaType.TEXT_PLAIN)
          .body(ex.message() + "\n");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  @GetMapping(
      path = {"/ready", "/insert/loki/ready"},
      produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> ready() {
    return ResponseEntity.status(HttpStatus.OK).body("ready\n");
  }

  /** A request without the encoding {@code snappy}, by which senders mean what the body is. */
  private static final class Unpacked extends HttpServletRequestWrapper {

    Unpacked(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      String value = super.getHeader(name);
      boolean snappy = name.equals(HttpHeaders.CONTENT_ENCODING) && "snappy".equals(value);
      return snappy ? null : value;
    }
  }
}
