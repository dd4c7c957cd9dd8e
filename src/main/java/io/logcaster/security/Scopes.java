package io.logcaster.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which scope a request needs. What is not known to be less needs {@link Scope#ADMIN}. */
final class Scopes {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Where shippers send to and what they ask before. */
  private static final List<String> INGEST =
      List.of(
          "/api/v1/records",
          "/insert/",
          "/loki/api/v1/push",
          "/api/prom/push",
          "/v1/logs",
          "/services/collector",
          "/gelf",
          "/ready");

  /**
   * Elasticsearch's own paths, of which only those that take documents do more than to please its
   * clients.
   */
  private static final Pattern ELASTICSEARCH =
      Pattern.compile(
          "/_.*|/[^/]+(/[^/]+)?/_bulk/?"
              + "|/[^/]+/_(doc|create|refresh|flush|mapping|settings|alias)(/.*)?");

  /** What its clients make, or ask for, before they send to it. */
  private static final Pattern INDEX = Pattern.compile("/[a-zA-Z0-9][^/]*");

  /** Queries are posted where they are long. */
  private static final Pattern QUERY =
      Pattern.compile(
          "/api/v1/(query|hits|facets|field_names|field_values|streams|stream_ids"
              + "|stream_field_names|stream_field_values|stats_query|stats_query_range|tail|context|patterns|explain)"
              + "|/select/.+");

  /** Not even to be read with less: credentials, and what VictoriaLogs changes by any method. */
  private static final List<String> ADMIN =
      List.of(
          "/api/v1/tokens", "/api/v1/users", "/delete/run_task", "/delete/stop_task", "/internal/");

  private Scopes() {}

  /**
   * Whether anybody known may ask: the console's page, and what Elasticsearch's clients ask first.
   */
  static boolean isOpenToAll(HttpServletRequest request) {
    return request.getServletPath().equals("/")
        && request.getRequestURI().equals("/")
        && READING.contains(request.getMethod());
  }

  /**
   * The scope that a request needs. The container routes by the decoded path and Spring by the raw
   * one, so where both do not need the same it is the most.
   */
  static Scope of(HttpServletRequest request) {
    Scope decoded = of(request.getMethod(), request.getServletPath());
    Scope raw = of(request.getMethod(), request.getRequestURI());
    return (decoded == raw && !request.getRequestURI().contains("..")) ? decoded : Scope.ADMIN;
  }

  static Scope of(String method, String path) {
    boolean reading = READING.contains(method);
    if (isBelow(path, ADMIN)) {
      return Scope.ADMIN;
    }
    if (isBelow(path, INGEST) || isElasticsearch(path)) {
      return Scope.INGEST;
    }
    boolean sends = method.equals("POST") || method.equals("PUT");
    boolean makes = method.equals("HEAD") || method.equals("PUT");
    if ((sends && path.equals("/")) || (makes && INDEX.matcher(path).matches())) {
      return Scope.INGEST;
    }
    return (reading || QUERY.matcher(path).matches()) ? Scope.QUERY : Scope.ADMIN;
  }

  /** Whether a path is answered as Elasticsearch answers. */
  static boolean isElasticsearch(String path) {
    return ELASTICSEARCH.matcher(path).matches() || path.startsWith("/insert/elasticsearch");
  }

  private static boolean isBelow(String path, List<String> prefixes) {
    return prefixes.stream()
        .anyMatch(
            prefix ->
                path.startsWith(prefix)
                    && (path.length() == prefix.length()
                        || prefix.endsWith("/")
                        || path.charAt(prefix.length()) == '/'));
  }
}
