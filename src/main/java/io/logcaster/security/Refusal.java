package io.logcaster.security;

import io.logcaster.system.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a request is refused. The answer has the form of the client's protocol, because some clients
 * take anything else for a broken server and retry forever.
 */
enum Refusal {
  /** There are no credentials. */
  ABSENT(HttpStatus.UNAUTHORIZED, "unauthorized", 2, 16),
  /** The credentials are wrong. */
  WRONG(HttpStatus.UNAUTHORIZED, "unauthorized", 4, 16),
  /** The credentials lack the scope of the request. */
  FORBIDDEN(HttpStatus.FORBIDDEN, "scope_missing", 4, 7),
  /** The credentials were not checked, because too many before them were wrong. */
  SLOWED(HttpStatus.TOO_MANY_REQUESTS, "too_many_failures", 9, 8);

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpStatus status;
  private final String code;
  private final int splunkCode;
  private final int grpcCode;

  /**
   * @param splunkCode the error number of Splunk's HTTP event collector
   * @param grpcCode the gRPC status code, which OTLP uses
   */
  Refusal(HttpStatus status, String code, int splunkCode, int grpcCode) {
    this.status = status;
    this.code = code;
    this.splunkCode = splunkCode;
    this.grpcCode = grpcCode;
  }

  void write(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    if (status == HttpStatus.UNAUTHORIZED) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"LogCaster\", charset=\"UTF-8\"");
    }
    String path = request.getServletPath();
    if (path.startsWith("/services/collector")) {
      splunk(request, response);
    } else if (Scopes.isElasticsearch(path)) {
      response.setHeader("X-Elastic-Product", "Elasticsearch");
      json(response, status, elasticsearch(detail));
    } else if (path.endsWith("/v1/logs")) {
      otlp(request, response, detail);
    } else if (path.endsWith("/loki/api/v1/push")) {
      answer(response, status, "text/plain; charset=utf-8", utf8(detail + "\n"));
    } else {
      Problems.write(response, status, code, detail);
    }
  }

  private void splunk(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    // Without the header the token was in the URL.
    boolean style = given == null || given.indexOf(' ') > 0;
    Map<String, Object> body = new LinkedHashMap<>();
    if (this == WRONG && !style) {
      body.put("text", "Invalid authorization");
      body.put("code", 3);
      json(response, HttpStatus.UNAUTHORIZED, body);
      return;
    }
    body.put(
        "text",
        switch (splunkCode) {
          case 2 -> "Token is required";
          case 4 -> "Invalid token";
          default -> "Server is busy";
        });
    body.put("code", splunkCode);
    json(response, this == WRONG ? HttpStatus.FORBIDDEN : status, body);
  }

  private Map<String, Object> elasticsearch(String detail) {
    Map<String, Object> error = new LinkedHashMap<>();
    Map<String, String> cause = Map.of("type", "security_exception", "reason", detail);
    error.put("root_cause", List.of(cause));
    error.putAll(cause);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error);
    body.put("status", status.value());
    return body;
  }

  /** A {@code google.rpc.Status}, in the encoding of the request. */
  private void otlp(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    if (String.valueOf(request.getContentType()).startsWith("application/json")) {
      json(response, status, Map.of("code", grpcCode, "message", detail));
      return;
    }
    byte[] message = utf8(detail.substring(0, Math.min(detail.length(), 100)));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(1 << 3);
    body.write(grpcCode);
    body.write(2 << 3 | 2);
    if (message.length > 127) {
      body.write((message.length & 0x7f) | 0x80);
      body.write(message.length >> 7);
    } else {
      body.write(message.length);
    }
    body.writeBytes(message);
    answer(response, status, "application/x-protobuf", body.toByteArray());
  }

  private static void json(HttpServletResponse response, HttpStatus status, Object body)
      throws IOException {
    answer(response, status, "application/json", utf8(JSON.writeValueAsString(body)));
  }

  private static void answer(
      HttpServletResponse response, HttpStatus status, String type, byte[] body)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
