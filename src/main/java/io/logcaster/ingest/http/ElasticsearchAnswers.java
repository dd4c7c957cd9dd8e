package io.logcaster.ingest.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the clients of Elasticsearch and OpenSearch expect them. */
final class ElasticsearchAnswers {

  /** The answer that one copy was reached. */
  static final String SHARDS = "\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}";

  /** Clients refuse a server without this header. */
  static final String PRODUCT_HEADER = "X-Elastic-Product";

  static final String PRODUCT = "Elasticsearch";

  private static final JsonMapper JSON = new JsonMapper();

  /** Some Beats refuse a server older than themselves, so they get their own version as answer. */
  private static final Pattern BEAT =
      Pattern.compile("(?i)(?:beat|elastic-[a-z]+)/(\\d+\\.\\d+\\.\\d+)");

  private static final Pattern COMPATIBLE = Pattern.compile("compatible-with=(\\d+)");

  private static final String VERSION = "8.19.0";

  private static final String OPENSEARCH_VERSION = "2.19.0";

  private ElasticsearchAnswers() {}

  static ResponseEntity<byte[]> of(HttpServletRequest request, String body) {
    return of(request, HttpStatus.OK, body);
  }

  static ResponseEntity<byte[]> of(HttpServletRequest request, HttpStatus status, String body) {
    return of(request, status, body.getBytes(StandardCharsets.UTF_8), new HttpHeaders());
  }

  static ResponseEntity<byte[]> of(
      HttpServletRequest request, HttpStatus status, byte[] body, HttpHeaders headers) {
    return ResponseEntity.status(status)
        .headers(headers)
        .header(PRODUCT_HEADER, PRODUCT)
        .header(HttpHeaders.CONTENT_TYPE, mediaType(request))
        .body(body);
  }

  static ResponseEntity<byte[]> error(HttpServletRequest request, RefusedException ex) {
    String type =
        switch (ex.status()) {
          case TOO_MANY_REQUESTS -> "es_rejected_execution_exception";
          case SERVICE_UNAVAILABLE -> "unavailable_shards_exception";
          default -> "illegal_argument_exception";
        };
    String reason = JSON.writeValueAsString(ex.message());
    String body =
        "{\"error\":{\"root_cause\":[{\"type\":\"%1$s\",\"reason\":%2$s}],\"type\":\"%1$s\",\"reason\":%2$s},\"status\":%3$d}"
            .formatted(type, reason, ex.status().value());
    return of(request, ex.status(), body.getBytes(StandardCharsets.UTF_8), ex.headers());
  }

  /** The server's name, version and tagline. */
  static String banner(HttpServletRequest request) {
    boolean openSearch = userAgent(request).contains("opensearch");
    return ("{\"name\":\"logcaster\",\"cluster_name\":\"logcaster\",\"cluster_uuid\":\"logcaster\","
                + "\"version\":{%s\"number\":\"%s\",\"build_flavor\":\"default\",\"build_type\":\"tar\","
                + "\"build_hash\":\"0\",\"build_date\":\"2025-01-01T00:00:00.000Z\","
                + "\"build_snapshot\":false,\"lucene_version\":\"9.12.0\","
                + "\"minimum_wire_compatibility_version\":\"7.17.0\",\"minimum_index_compatibility_version\":\"7.0.0\"},\"tagline\":\"You"
                + " Know, for Search\"}")
        .formatted(openSearch ? "\"distribution\":\"opensearch\"," : "", version(request));
  }

  /** The version to report to a client. */
  static String version(HttpServletRequest request) {
    if (userAgent(request).contains("opensearch")) {
      return OPENSEARCH_VERSION;
    }
    Matcher beat = BEAT.matcher(userAgent(request));
    if (beat.find()) {
      return beat.group(1);
    }
    Matcher compatible = COMPATIBLE.matcher(header(request, HttpHeaders.ACCEPT));
    boolean other = compatible.find() && !compatible.group(1).equals("8");
    return other ? compatible.group(1) + ".0.0" : VERSION;
  }

  /**
   * Whether every item of a {@code _bulk} is to say all that the server's documents name: Java's
   * client of version 7, and OpenSearch's that came from it, fail without.
   */
  static boolean wantsWholeItems(HttpServletRequest request) {
    return userAgent(request).contains("search-java/");
  }

  /** Answers in Elasticsearch's own media type, if the client asks for it. */
  static String mediaType(HttpServletRequest request) {
    String accept = header(request, HttpHeaders.ACCEPT);
    Matcher compatible = COMPATIBLE.matcher(accept);
    return accept.contains("application/vnd.elasticsearch+json") && compatible.find()
        ? "application/vnd.elasticsearch+json;compatible-with=" + compatible.group(1)
        : "application/json";
  }

  static String userAgent(HttpServletRequest request) {
    return header(request, HttpHeaders.USER_AGENT);
  }

  /** A header in lower case; empty if absent. */
  static String header(HttpServletRequest request, String name) {
    @Nullable String value = request.getHeader(name);
    return (value == null) ? "" : value.toLowerCase(Locale.ROOT);
  }
}
