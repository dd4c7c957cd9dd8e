package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.ElasticsearchController.PREFIX;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the requests with which clients of Elasticsearch set things up around their documents.
 * There is nothing to set up, so everything exists and every request succeeds.
 */
@RestController
class ElasticsearchSetupController {

  private static final JsonMapper JSON = new JsonMapper();

  static final String INDEX_CREATED = "{\"acknowledged\":true,\"shards_acknowledged\":true}";

  /** The first request of a client of Elasticsearch. */
  @RequestMapping(
      path = {PREFIX, PREFIX + "/"},
      method = {RequestMethod.GET, RequestMethod.HEAD})
  ResponseEntity<byte[]> banner(HttpServletRequest request) {
    return ElasticsearchAnswers.of(request, ElasticsearchAnswers.banner(request));
  }

  /** Logstash and Beats require an active licence. */
  @RequestMapping(
      path = {"/_license", "/_xpack", PREFIX + "/_license", PREFIX + "/_xpack"},
      method = RequestMethod.GET)
  ResponseEntity<byte[]> license(HttpServletRequest request) {
    return ElasticsearchAnswers.of(
        request,
        "{\"license\":{\"status\":\"active\",\"uid\":\"logcaster\",\"type\":\"basic\",\"mode\":\"basic\"},"
            + "\"features\":{}}");
  }

  @RequestMapping(
      path = {
        "/_cluster/health",
        "/_cluster/health/{index}",
        PREFIX + "/_cluster/health",
        PREFIX + "/_cluster/health/{index}"
      },
      method = RequestMethod.GET)
  ResponseEntity<byte[]> clusterHealth(HttpServletRequest request) {
    return ElasticsearchAnswers.of(
        request,
        "{\"cluster_name\":\"logcaster\",\"status\":\"green\",\"timed_out\":false,"
            + "\"number_of_nodes\":1,\"number_of_data_nodes\":1}");
  }

  /**
   * This server as the only node, at the address it was called by, for clients that look for others
   * of a cluster.
   */
  @RequestMapping(
      path = {"/_nodes", "/_nodes/**", PREFIX + "/_nodes", PREFIX + "/_nodes/**"},
      method = RequestMethod.GET)
  ResponseEntity<byte[]> nodes(HttpServletRequest request) {
    String address =
        JSON.writeValueAsString(request.getServerName() + ":" + request.getServerPort());
    return ElasticsearchAnswers.of(
        request,
        ("{\"_nodes\":{\"total\":1,\"successful\":1,\"failed\":0},\"cluster_name\":\"logcaster\","
                + "\"nodes\":{\"logcaster\":{\"name\":\"logcaster\",\"transport_address\":%1$s,"
                + "\"host\":%2$s,\"ip\":%2$s,\"version\":%3$s,"
                + "\"roles\":[\"data\",\"ingest\",\"master\"],"
                + "\"http\":{\"bound_address\":[%1$s],\"publish_address\":%1$s}}}}")
            .formatted(
                address,
                JSON.writeValueAsString(request.getServerName()),
                JSON.writeValueAsString(ElasticsearchAnswers.version(request))));
  }

  /** What was answered is durable and can be searched. */
  @RequestMapping(
      path = {
        "/_refresh",
        "/_flush",
        "/{index}/_refresh",
        "/{index}/_flush",
        PREFIX + "/_refresh",
        PREFIX + "/_flush",
        PREFIX + "/{index}/_refresh",
        PREFIX + "/{index}/_flush"
      },
      method = {RequestMethod.GET, RequestMethod.POST})
  ResponseEntity<byte[]> refresh(HttpServletRequest request) {
    return ElasticsearchAnswers.of(request, "{" + ElasticsearchAnswers.SHARDS + "}");
  }

  @RequestMapping({
    "/_ilm/**",
    "/_index_template/**",
    "/_component_template/**",
    "/_template/**",
    "/_ingest/**",
    "/_logstash/**",
    "/_data_stream/**",
    "/_cat/**",
    "/_alias/**",
    "/_aliases",
    "/{index}/_alias/**",
    "/{index}/_mapping/**",
    "/{index}/_settings/**",
    PREFIX + "/_ilm/**",
    PREFIX + "/_index_template/**",
    PREFIX + "/_component_template/**",
    PREFIX + "/_template/**",
    PREFIX + "/_ingest/**",
    PREFIX + "/_logstash/**",
    PREFIX + "/_data_stream/**",
    PREFIX + "/_cat/**",
    PREFIX + "/_alias/**",
    PREFIX + "/_aliases",
    PREFIX + "/{index}/_alias/**",
    PREFIX + "/{index}/_mapping/**",
    PREFIX + "/{index}/_settings/**"
  })
  ResponseEntity<byte[]> setup(HttpServletRequest request) {
    boolean changes = request.getMethod().equals("PUT") || request.getMethod().equals("POST");
    return ElasticsearchAnswers.of(request, changes ? "{\"acknowledged\":true}" : "{}");
  }

  /** An index, which exists as soon as a client requests it. */
  @RequestMapping(
      path = PREFIX + "/{index}",
      method = {RequestMethod.HEAD, RequestMethod.PUT})
  ResponseEntity<byte[]> index(HttpServletRequest request) {
    return ElasticsearchAnswers.of(request, INDEX_CREATED);
  }
}
