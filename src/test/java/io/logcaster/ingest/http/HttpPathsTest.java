package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The paths that shippers ask for before and beside what they send, on a running server. */
@RunningServer
class HttpPathsTest {

  @LocalServerPort private int port;

  private Api api;

  @BeforeEach
  void open() {
    api = new Api(port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          GET /_license => "status":"active"
          GET /_xpack => "type":"basic"
          GET /_cluster/health => "status":"green"
          GET /_cluster/health/logs => "status":"green"
          GET /_ilm/policy/logs => {}
          PUT /_ilm/policy/logs => "acknowledged":true
          PUT /_index_template/logs => "acknowledged":true
          PUT /_component_template/logs => "acknowledged":true
          PUT /_template/logs => "acknowledged":true
          PUT /_ingest/pipeline/logs => "acknowledged":true
          GET /_nodes/http => "publish_address":"
          GET /_logstash/pipeline => {}
          PUT /_data_stream/logs-shop-default => "acknowledged":true
          GET /_cat/indices => {}
          PUT /logs/_mapping => "acknowledged":true
          POST /_all/_refresh => "successful":1
          POST /logs/_refresh => "successful":1
          PUT /logs-000001 => "acknowledged":true
          GET / => You Know, for Search
          GET /insert/elasticsearch/ => You Know, for Search
          GET /insert/elasticsearch/_license => "status":"active"
          POST /insert/elasticsearch/logs/_refresh => "successful":1
          PUT /insert/elasticsearch/logs-000001 => "acknowledged":true
          """)
  void elasticsearchClients_findTheirEndpoints(String call, String answer) {
    HttpResponse<String> response = elastic(call);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(answer);
    assertThat(response.headers().firstValue("X-Elastic-Product")).hasValue("Elasticsearch");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            (type) -> assertThat(type).startsWith("application/vnd.elasticsearch+json"));
  }

  @ParameterizedTest
  @CsvSource({"HEAD /", "HEAD /logs", "HEAD /_alias/logs", "HEAD /_index_template/logs"})
  void headRequests_succeed(String call) {
    assertThat(elastic(call).statusCode()).isEqualTo(200);
  }

  /** As Python's client sends it. */
  @Test
  void bulk_acceptsPut() {
    var request =
        api.request(
            "/_bulk",
            "Content-Type",
            "application/vnd.elasticsearch+x-ndjson; compatible-with=8",
            "Accept",
            "application/vnd.elasticsearch+json; compatible-with=8");
    assertThat(
            api.send(
                    request.PUT(
                        BodyPublishers.ofString("{\"create\":{}}\n{\"message\":\"put\"}\n")))
                .body())
        .contains("\"errors\":false,\"items\":[{\"create\":{\"_index\":\"logs\"");
  }

  private HttpResponse<String> elastic(String call) {
    int space = call.indexOf(' ');
    String method = call.substring(0, space);
    boolean body = method.equals("PUT") || method.equals("POST");
    return api.send(
        api.request(
                call.substring(space + 1),
                "Accept",
                "application/vnd.elasticsearch+json; compatible-with=8",
                "Content-Type",
                "application/json")
            .method(method, body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody()));
  }

  @Test
  void recordsAtTheRoot_areAccepted_asByLogstash() {
    assertThat(api.post("/", "application/json", "[{\"message\":\"at the root\"}]").body())
        .contains("\"accepted\":1");
    assertThat(api.put("/", "application/json", "{\"message\":\"put at the root\"}").body())
        .contains("\"accepted\":1");
  }

  /** As curl and pino-http-send post. */
  @ParameterizedTest
  @CsvSource({"application/x-www-form-urlencoded", "application/octet-stream"})
  void bodyWithAGenericType_isDetectedByItsContent(String type) {
    String path = "/api/v1/records";
    assertThat(api.post(path, type, "{\"message\":\"a\"}\n{\"message\":\"b\"}\n").body())
        .contains("\"accepted\":2");
    assertThat(api.post(path, type, " [{\"message\":\"a\"},\n{\"message\":\"b\"}]").body())
        .contains("\"accepted\":2");
    assertThat(api.post(path, type, "one line\nand another\n").body()).contains("\"accepted\":2");
  }

  /** As Go's olivere/elastic asks, with the agent of its HTTP library. */
  @Test
  void headOfTheRoot_needsNoCredentials() {
    assertThat(api.send(api.request("/").HEAD()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          /logs/_doc/ => {"message":"m"}
          /insert/jsonline/ => {"_msg":"m"}
          /loki/api/v1/push/ => {"streams":[{"stream":{},"values":[["1795261780962000000","m"]]}]}
          /v1/logs/ => {}
          /gelf/ => {"short_message":"m","host":"h"}
          /services/collector/event/ => {"event":"m"}
          """)
  void trailingSlash_isIgnored(String path, String body) {
    assertThat(api.post(path, "application/json", body).statusCode()).isBetween(200, 204);
  }

  @Test
  void lokiReady_isPlainText() {
    assertThat(api.get("/ready").body()).isEqualTo("ready\n");
  }

  @ParameterizedTest
  @CsvSource({"/services/collector/health", "/services/collector/health/1.0"})
  void splunkHealth_isOnBothPaths(String path) {
    assertThat(api.get(path).body()).contains("\"code\":17");
  }
}
