package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenTelemetry's logs by HTTP, as protocol buffers or JSON, answered in the same.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
@RestController
class OtlpController {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String PROTOBUF = "application/x-protobuf";

  /** gRPC's codes, which errors carry. */
  private static final int INVALID_ARGUMENT = 3;

  private static final int UNAVAILABLE = 14;

  private final HttpInput input;
  private final int maxRecordSize;
  private final ParserPool<OtlpRecord.Parser> parsers;

  OtlpController(HttpInput otlpInput, IngestProperties properties) {
    this.input = otlpInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.parsers =
        new ParserPool<>(input.context(), (out) -> OtlpRecord.Parser.of(out, maxRecordSize));
  }

  @PostMapping({"/v1/logs", "/insert/opentelemetry/v1/logs"})
  ResponseEntity<byte[]> logs(HttpServletRequest request) throws IOException, InterruptedException {
    @Nullable String type = request.getContentType();
    boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(
              request,
              parsers,
              (body, records, parser) -> {
                try (WholeBody whole = WholeBody.read(json ? body.text() : body)) {
                  OtlpRecord record = new OtlpRecord(records, parser, maxRecordSize);
                  if (json) {
                    new OtlpJson(record).read(whole);
                  } else {
                    new OtlpProtobuf(record).read(whole);
                  }
                }
              });
      return answer(json, HttpStatus.OK, success(json, result), new HttpHeaders());
    } catch (RefusedException ex) {
      int code = ex.status() == HttpStatus.BAD_REQUEST ? INVALID_ARGUMENT : UNAVAILABLE;
      return answer(json, ex.status(), status(json, code, ex.message()), ex.headers());
    }
  }

  private static ResponseEntity<byte[]> answer(
      boolean json, HttpStatus status, byte[] body, HttpHeaders headers) {
    return ResponseEntity.status(status)
        .headers(headers)
        .header(HttpHeaders.CONTENT_TYPE, json ? "application/json" : PROTOBUF)
        .body(body);
  }

  /** {@code ExportLogsServiceResponse { 1 partial_success { 1 rejected, 2 message } } }. */
  static byte[] success(boolean json, HttpRecords.Result result) {
    if (result.rejected() == 0) {
      return json ? utf8("{\"partialSuccess\":{}}") : new byte[0];
    }
    String reason = result.errors().getFirst().reason();
    if (json) {
      return utf8(
          "{\"partialSuccess\":{\"rejectedLogRecords\":\"%d\",\"errorMessage\":%s}}"
              .formatted(result.rejected(), JSON.writeValueAsString(reason)));
    }
    ByteArrayOutputStream partial = new ByteArrayOutputStream();
    partial.write(1 << 3);
    varint(partial, result.rejected());
    text(partial, 2, utf8(reason));
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    text(response, 1, partial.toByteArray());
    return response.toByteArray();
  }

  /** {@code Status { 1 code, 2 message } }. */
  static byte[] status(boolean json, int code, String message) {
    if (json) {
      return utf8("{\"code\":%d,\"message\":%s}".formatted(code, JSON.writeValueAsString(message)));
    }
    ByteArrayOutputStream status = new ByteArrayOutputStream();
    status.write(1 << 3);
    varint(status, code);
    text(status, 2, utf8(message));
    return status.toByteArray();
  }

  /** A field that holds bytes. */
  static byte[] field(int number, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, number, value);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, byte[] value) {
    out.write(field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long number) {
    long left = number;
    while (left > 0x7f) {
      out.write(((int) left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
