package io.logcaster.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The scope that a request needs: {@link Scope#ADMIN}, unless it is known to need less. */
final class Scopes {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Deploy scripts set marks; they need no more than shippers. Deleting one needs more. */
  private static final String MARKS = "/api/v1/marks";

  /** Paths that shippers send to, and those they check before. */
  private static final List<String> INGEST =
      List.of(
          "/api/v1/records",
          "/insert/",
          "/loki/api/v1/push",
          "/api/prom/push",
          "/v1/logs",
          "/opentelemetry.proto.collector.logs.v1.LogsService",
          "/services/collector",
          "/gelf",
          "/api/events/raw",
          "/ingest/",
          "/api/v2/logs",
          "/v1/input",
          "/api/v1/validate",
          "/upload",
          "/ready");

  /**
   * Elasticsearch's own paths. Only those that receive documents do anything; the others just
   * satisfy its clients.
   */
  private static final Pattern ELASTICSEARCH =
      Pattern.compile(
          "/_.*|/[^/]+(/[^/]+)?/_bulk/?"
              + "|/[^/]+/_(doc|create|refresh|flush|mapping|settings|alias)(/.*)?");

  /** An index, which its clients create or check before they send to it. */
  private static final Pattern INDEX = Pattern.compile("/[a-zA-Z0-9][^/]*");

  /** Queries; long ones are sent by POST. */
  private static final Pattern QUERY =
      Pattern.compile(
          "/api/v1/(query|query/stages|hits|facets|field_names|field_values|streams|stream_ids"
              + "|stream_field_names|stream_field_values|stats_query|stats_query_range|tail|context|patterns"
              + "|patterns/compare|patterns/variable|compare(?:/curves)?|explain|capsules)"
              + "|/select/.+");

  /**
   * Paths that need this scope even for reading: credentials, and paths that VictoriaLogs changes
   * by any method.
   */
  private static final List<String> ADMIN =
      List.of(
          "/api/v1/tokens", "/api/v1/users", "/delete/run_task", "/delete/stop_task", "/internal/");

  /** Paths by which LogCasters ask each other. */
  private static final List<String> NODE = List.of("/api/v1/node/");

  private Scopes() {}

  /**
   * Whether any scope suffices: the root, which is the console's page and the first request of
   * Elasticsearch's clients.
   */
  static boolean isOpenToAll(HttpServletRequest request) {
    return request.getServletPath().equals("/")
        && rawPath(request).equals("/")
        && READING.contains(request.getMethod());
  }

  /**
   * The scope that a request needs. The container routes by the decoded path and Spring by the raw
   * one, so if they would need different scopes, the request needs the widest.
   */
  static Scope of(HttpServletRequest request) {
    Scope decoded = of(request.getMethod(), request.getServletPath());
    String path = rawPath(request);
    Scope raw = of(request.getMethod(), path);
    return (decoded == raw && !path.contains("..")) ? decoded : Scope.ADMIN;
  }

  /** The path as it was sent, below the context path. */
  static String rawPath(HttpServletRequest request) {
    String uri = request.getRequestURI();
    String context = request.getContextPath();
    return uri.startsWith(context) ? uri.substring(context.length()) : uri;
  }

  static Scope of(String method, String path) {
    boolean reading = READING.contains(method);
    if (isBelow(path, ADMIN)) {
      return Scope.ADMIN;
    }
    if (isBelow(path, NODE)) {
      return Scope.NODE;
    }
    if (method.equals("POST") && path.equals(MARKS)) {
      return Scope.INGEST;
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

  /**
   * Whether a request sends records. Marks are kept in the control database, not in the storage.
   */
  static boolean isSending(HttpServletRequest request) {
    return !READING.contains(request.getMethod())
        && !request.getServletPath().equals(MARKS)
        && of(request) == Scope.INGEST;
  }

  /** Whether a request is a query of records. */
  static boolean isQuery(HttpServletRequest request) {
    return QUERY.matcher(request.getServletPath()).matches();
  }

  /** Whether a path is answered in Elasticsearch's form. */
  static boolean isElasticsearch(String path) {
    return ELASTICSEARCH.matcher(path).matches() || path.startsWith("/insert/elasticsearch");
  }

  private static boolean isBelow(String path, List<String> prefixes) {
    return prefixes.stream()
        .anyMatch(
            (prefix) ->
                path.startsWith(prefix)
                    && (path.length() == prefix.length()
                        || prefix.endsWith("/")
                        || path.charAt(prefix.length()) == '/'));
  }
}
