package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * OpenTelemetry's logs over gRPC: the one unary call of the service, as a request of HTTP/2, which
 * the container speaks on {@link OtlpGrpcPort}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc">OTLP/gRPC</a>
 */
@RestController
class OtlpGrpcController {

  static final String EXPORT = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

  private static final String TYPE = "application/grpc";

  private static final String STATUS = "grpc-status";

  /** The detail that makes an overload one that clients retry. */
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private static final int OK = 0;
  private static final int INVALID_ARGUMENT = 3;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNIMPLEMENTED = 12;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;

  private final int maxRecordSize;
  private final ParserPool<OtlpRecord.Parser> parsers;

  OtlpGrpcController(HttpInput otlpInput, IngestProperties properties) {
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.parsers =
        new ParserPool<>(otlpInput.context(), (out) -> OtlpRecord.Parser.of(out, maxRecordSize));
  }

  @PostMapping(EXPORT)
  void export(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    if (!String.valueOf(request.getContentType()).startsWith(TYPE)) {
      response.sendError(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
      return;
    }
    try {
      HttpRecords.Result result =
          RequestReceiver.receive(
              GrpcRequest.of(request),
              parsers,
              (body, records, parser) -> {
                try (WholeBody whole = WholeBody.read(body)) {
                  new OtlpProtobuf(new OtlpRecord(records, parser, maxRecordSize)).read(whole);
                }
              });
      answer(response, OtlpController.success(false, result));
    } catch (RefusedException ex) {
      refuse(response, ex);
    }
  }

  private static void answer(HttpServletResponse response, byte[] message) throws IOException {
    response.setContentType(TYPE);
    response.setTrailerFields(() -> Map.of(STATUS, Integer.toString(OK)));
    ServletOutputStream out = response.getOutputStream();
    out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(message.length).array());
    out.write(message);
    // Else the container would count the bytes and send no trailers.
    out.flush();
  }

  /** An answer without a message, whose status is in the head. */
  private static void refuse(HttpServletResponse response, RefusedException ex) throws IOException {
    int code = code(ex.status());
    response.setContentType(TYPE);
    response.setHeader(STATUS, Integer.toString(code));
    response.setHeader("grpc-message", percent(ex.message()));
    @Nullable String retryAfter = ex.headers().getFirst(HttpHeaders.RETRY_AFTER);
    if (retryAfter != null) {
      byte[] details = details(code, ex.message(), Integer.parseInt(retryAfter));
      response.setHeader(
          "grpc-status-details-bin", Base64.getEncoder().withoutPadding().encodeToString(details));
    }
    response.getOutputStream().close();
  }

  private static int code(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST, REQUEST_TIMEOUT -> INVALID_ARGUMENT;
      case CONTENT_TOO_LARGE -> RESOURCE_EXHAUSTED;
      case UNSUPPORTED_MEDIA_TYPE -> UNIMPLEMENTED;
      case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> UNAVAILABLE;
      default -> INTERNAL;
    };
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * {@code Status { 1 code, 2 message, 3 details { 1 type, 2 RetryInfo { 1 delay { 1 seconds }}}}}.
   */
  private static byte[] details(int code, String message, int seconds) {
    byte[] delay = {1 << 3, (byte) Math.min(seconds, 127)};
    byte[] info = OtlpController.field(1, delay);
    byte[] any =
        concatenated(
            OtlpController.field(1, RETRY_INFO.getBytes(StandardCharsets.UTF_8)),
            OtlpController.field(2, info));
    return concatenated(OtlpController.status(false, code, message), OtlpController.field(3, any));
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
