package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to Filebeat, Logstash, Fluent Bit, Vector and Elasticsearch's own clients: {@code _bulk}
 * and what they ask before they send.
 */
@RestController
class ElasticsearchController {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String PREFIX = "/insert/elasticsearch";

  /** Some Beats refuse a server older than themselves, so they are told their own version. */
  private static final Pattern BEAT =
      Pattern.compile("(?i)(?:beat|elastic-[a-z]+)/(\\d+\\.\\d+\\.\\d+)");

  private static final Pattern COMPATIBLE = Pattern.compile("compatible-with=(\\d+)");

  private static final String VERSION = "8.19.0";

  private final HttpInput input;
  private final int maxRecordSize;

  ElasticsearchController(HttpInput elasticsearchInput, IngestProperties properties) {
    this.input = elasticsearchInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  @RequestMapping(
      path = {"/_bulk", PREFIX + "/_bulk"},
      method = {RequestMethod.POST, RequestMethod.PUT})
  ResponseEntity<byte[]> bulk(HttpServletRequest request) throws IOException, InterruptedException {
    return bulk(request, "");
  }

  @RequestMapping(
      path = {"/{index}/_bulk", PREFIX + "/{index}/_bulk", "/{index}/{type}/_bulk"},
      method = {RequestMethod.POST, RequestMethod.PUT})
  ResponseEntity<byte[]> bulk(HttpServletRequest request, @PathVariable String index)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNames names =
        JsonNames.DEFAULT.with(
            QueryArguments.names(request, "_time_field", "VL-Time-Field"),
            QueryArguments.names(request, "_msg_field", "VL-Msg-Field"));
    List<String> streams = QueryArguments.names(request, "_stream_fields", "VL-Stream-Fields");
    ElasticsearchBulk[] bulk = new ElasticsearchBulk[1];
    try {
      Receiver.receive(
          request,
          input.context(),
          streams,
          (body, records) -> {
            bulk[0] = new ElasticsearchBulk(records, names, index);
            bulk[0].read(new BodyBuffer(body, maxRecordSize));
          });
      if (bulk[0].count() == 0) {
        throw new RefusedException("request body is required");
      }
    } catch (RefusedException ex) {
      return error(request, ex);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        "{\"took\":%d,\"errors\":%b,\"items\":["
            .formatted((System.nanoTime() - start) / 1_000_000, bulk[0].hasErrors())
            .getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(bulk[0].items());
    answer.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return answer(request, HttpStatus.OK, answer.toByteArray(), new HttpHeaders());
  }

  private static ResponseEntity<byte[]> error(HttpServletRequest request, RefusedException ex) {
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
    return answer(request, ex.status(), body.getBytes(StandardCharsets.UTF_8), ex.headers());
  }

  @RequestMapping(
      path = {"/_license", "/_xpack", PREFIX + "/_license", PREFIX + "/_xpack"},
      method = RequestMethod.GET)
  ResponseEntity<byte[]> license(HttpServletRequest request) {
    return answer(
        request,
        "{\"license\":{\"status\":\"active\",\"uid\":\"logcaster\",\"type\":\"basic\",\"mode\":\"basic\"},"
            + "\"features\":{}}");
  }

  @RequestMapping(
      path = {"/_cluster/health", PREFIX + "/_cluster/health"},
      method = RequestMethod.GET)
  ResponseEntity<byte[]> clusterHealth(HttpServletRequest request) {
    return answer(
        request,
        "{\"cluster_name\":\"logcaster\",\"status\":\"green\",\"timed_out\":false,"
            + "\"number_of_nodes\":1,\"number_of_data_nodes\":1}");
  }

  /** What shippers set up before they send: there is nothing to set up. */
  @RequestMapping({
    "/_ilm/**",
    "/_index_template/**",
    "/_component_template/**",
    "/_template/**",
    "/_ingest/**",
    "/_nodes/**",
    "/_logstash/**",
    "/_data_stream/**",
    "/_cat/**",
    PREFIX + "/_ilm/**",
    PREFIX + "/_index_template/**",
    PREFIX + "/_component_template/**",
    PREFIX + "/_template/**",
    PREFIX + "/_ingest/**",
    PREFIX + "/_nodes/**",
    PREFIX + "/_logstash/**",
    PREFIX + "/_data_stream/**",
    PREFIX + "/_cat/**"
  })
  ResponseEntity<byte[]> setup(HttpServletRequest request) {
    boolean changes = request.getMethod().equals("PUT") || request.getMethod().equals("POST");
    return answer(request, changes ? "{\"acknowledged\":true}" : "{}");
  }

  /** What a client of Elasticsearch asks first. */
  @RequestMapping(
      path = {PREFIX, PREFIX + "/"},
      method = {RequestMethod.GET, RequestMethod.HEAD})
  ResponseEntity<byte[]> banner(HttpServletRequest request) {
    return answer(request, bannerText(request));
  }

  static String bannerText(HttpServletRequest request) {
    return ("{\"name\":\"logcaster\",\"cluster_name\":\"logcaster\",\"cluster_uuid\":\"logcaster\","
            + "\"version\":{\"number\":\"%s\",\"build_flavor\":\"default\",\"build_type\":\"tar\","
            + "\"minimum_wire_compatibility_version\":\"7.17.0\","
            + "\"minimum_index_compatibility_version\":\"7.0.0\"},"
            + "\"tagline\":\"You Know, for Search\"}")
        .formatted(version(request));
  }

  private static String version(HttpServletRequest request) {
    Matcher beat = BEAT.matcher(header(request, HttpHeaders.USER_AGENT));
    if (beat.find()) {
      return beat.group(1);
    }
    Matcher compatible = COMPATIBLE.matcher(header(request, HttpHeaders.ACCEPT));
    boolean other = compatible.find() && !compatible.group(1).equals("8");
    return other ? compatible.group(1) + ".0.0" : VERSION;
  }

  private static String header(HttpServletRequest request, String name) {
    @Nullable String value = request.getHeader(name);
    return (value == null) ? "" : value;
  }

  private static ResponseEntity<byte[]> answer(HttpServletRequest request, String body) {
    return answer(request, HttpStatus.OK, body.getBytes(StandardCharsets.UTF_8), new HttpHeaders());
  }

  /** In the media type that was asked for, where it is Elasticsearch's own. */
  static String mediaType(HttpServletRequest request) {
    String accept = header(request, HttpHeaders.ACCEPT);
    Matcher compatible = COMPATIBLE.matcher(accept);
    return accept.toLowerCase(Locale.ROOT).contains("application/vnd.elasticsearch+json")
            && compatible.find()
        ? "application/vnd.elasticsearch+json;compatible-with=" + compatible.group(1)
        : "application/json";
  }

  private static ResponseEntity<byte[]> answer(
      HttpServletRequest request, HttpStatus status, byte[] body, HttpHeaders headers) {
    return ResponseEntity.status(status)
        .headers(headers)
        .header("X-Elastic-Product", "Elasticsearch")
        .header(HttpHeaders.CONTENT_TYPE, mediaType(request))
        .body(body);
  }
}
