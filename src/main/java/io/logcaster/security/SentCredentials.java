package io.logcaster.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Finds the credentials of a request: the {@code Authorization} header, or what the clients of
 * other servers send in its place.
 *
 * <pre>
 * Splunk    /services/collector?token=…    for senders that can only be configured with a URL
 * Seq       X-Seq-ApiKey, ?apiKey=
 * Datadog   DD-API-KEY, ?dd-api-key=, ?api_key=, /v1/input/…
 * </pre>
 */
final class SentCredentials {

  private static final String DATADOG_INPUT = "/v1/input";

  private SentCredentials() {}

  /** The value of an {@code Authorization} header; null if the request has no credentials. */
  static @Nullable String of(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return header;
    }
    String path = request.getServletPath();
    if (path.startsWith("/services/collector")) {
      String token = argument(request, "token");
      return (token == null) ? null : "Splunk " + token;
    }
    String key = null;
    if (path.startsWith("/api/events/raw") || path.startsWith("/ingest/")) {
      key = first(request.getHeader("X-Seq-ApiKey"), argument(request, "apiKey"));
    } else if (isDatadog(path)) {
      String inPath =
          path.startsWith(DATADOG_INPUT + "/") ? path.substring(DATADOG_INPUT.length() + 1) : null;
      key =
          first(
              request.getHeader("DD-API-KEY"),
              argument(request, "dd-api-key"),
              argument(request, "api_key"),
              inPath);
    }
    return (key == null) ? null : "Bearer " + key;
  }

  private static boolean isDatadog(String path) {
    return path.startsWith("/api/v2/logs")
        || path.startsWith("/api/v1/validate")
        || path.startsWith(DATADOG_INPUT);
  }

  private static @Nullable String first(@Nullable String... keys) {
    for (String key : keys) {
      if (key != null && !key.isEmpty()) {
        return key;
      }
    }
    return null;
  }

  /**
   * An argument of the URL. Not {@code getParameter}: it would parse the body as a form if the
   * sender wrongly declares JSON as one.
   */
  private static @Nullable String argument(HttpServletRequest request, String name) {
    String query = String.valueOf(request.getQueryString());
    return Stream.of(query.split("&", -1))
        .filter((part) -> part.startsWith(name + "="))
        .findFirst()
        .map((part) -> part.substring(name.length() + 1))
        .orElse(null);
  }
}
