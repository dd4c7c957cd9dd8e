package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ElasticsearchControllerTest {

  private final HttpInputTester tester = new HttpInputTester();
  private final ElasticsearchController controller =
      new ElasticsearchController(tester.input, tester.properties);

  private static String body(ResponseEntity<byte[]> answer) {
    return new String(answer.getBody(), StandardCharsets.UTF_8);
  }

  private ResponseEntity<byte[]> bulk(String body) throws Exception {
    return controller.bulk(request("application/x-ndjson", body), "logs-shop");
  }

  @Test
  void bulk_returnsOneItemForEachAction_compactAndInOrder() throws Exception {
    ResponseEntity<byte[]> answer =
        bulk(
            """
            {"create":{"_id":"a1"}}
            {"@timestamp":"2026-11-20T07:08:09Z","message":"one","log":{"level":"warn"}}
            {"index":{"_index":"other"}}
            {"message":"two"}
            """);
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(answer.getHeaders().getFirst("X-Elastic-Product")).isEqualTo("Elasticsearch");
    assertThat(body(answer))
        .matches(
            "\\{\"took\":\\d+,\"errors\":false,\"items\":\\["
                + "\\{\"create\":\\{\"_index\":\"logs-shop\",\"_id\":\"a1\",\"status\":201}},"
                + "\\{\"index\":\\{\"_index\":\"other\",\"_id\":\"\\w+\",\"status\":201}}]}");
    assertThat(tester.record(0))
        .containsEntry("_time", "2026-11-20T07:08:09Z")
        .containsEntry("_msg", "one")
        .containsEntry("level", "WARN")
        .containsEntry("log.level", "warn");
    assertThat(tester.record(1)).containsEntry("_msg", "two");
  }

  @Test
  void brokenDocument_isAnItemWithAnError_andTheOthersAreKept() throws Exception {
    String answer =
        body(
            bulk(
                """
                {"create":{}}
                {"message":
                {"create":{}}
                {"message":"good"}
                {"delete":{"_id":"1"}}
                {"update":{"_id":"2"}}
                {"doc":{}}
                """));
    assertThat(answer)
        .contains("\"errors\":true")
        .contains("\"status\":400,\"error\":{\"type\":\"mapper_parsing_exception\"")
        .contains("\"status\":201}}");
    assertThat(answer.split("\"status\":", -1)).hasSize(5);
    assertThat(tester.intake.messages()).containsExactly("good");
  }

  @Test
  void invalidBulkBody_is400_neverAnEmptySuccess() throws Exception {
    for (String body :
        new String[] {
          "", "\n", "nonsense\n", "{}\n{}\n", "{\"eat\":{}}\n{}\n", "{\"create\":{}}\n"
        }) {
      ResponseEntity<byte[]> answer = bulk(body);
      assertThat(answer.getStatusCode().value()).isEqualTo(400);
      assertThat(body(answer)).contains("\"status\":400");
    }
  }

  @Test
  void noRoom_refusesTheWholeRequest() throws Exception {
    tester.intake.full(true);
    ResponseEntity<byte[]> answer = bulk("{\"create\":{}}\n{\"message\":\"x\"}\n");
    assertThat(answer.getStatusCode().value()).isEqualTo(429);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    assertThat(body(answer)).contains("es_rejected_execution_exception");
  }

  @Test
  void responses_haveTheRequestedMediaType() throws Exception {
    MockHttpServletRequest request =
        request("application/x-ndjson", "{\"create\":{}}\n{\"message\":\"x\"}\n");
    request.addHeader("Accept", "application/vnd.elasticsearch+json; compatible-with=8");
    assertThat(controller.bulk(request, "").getHeaders().getFirst("Content-Type"))
        .isEqualTo("application/vnd.elasticsearch+json;compatible-with=8");
  }

  /** Without these Java's client of version 7 throws after everything was stored. */
  @Test
  void itemsForJavaClients_areComplete() throws Exception {
    MockHttpServletRequest request =
        request("application/x-ndjson", "{\"create\":{\"_id\":\"1\"}}\n{\"message\":\"x\"}\n");
    request.addHeader("User-Agent", "elasticsearch-java/7.17.28 (Java/25.0.3)");
    assertThat(body(controller.bulk(request, "logs")))
        .endsWith(
            "{\"create\":{\"_index\":\"logs\",\"_id\":\"1\",\"status\":201,\"_type\":\"_doc\","
                + "\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":1,\"successful\":1,"
                + "\"failed\":0},\"_seq_no\":0,\"_primary_term\":1}}]}");
  }

  @Test
  void root_isTheBannerForClients_andTheConsoleForBrowsers() throws Exception {
    assertThat(root("GET", "User-Agent", "elasticsearch-py/8.9.0"))
        .contains("You Know, for Search")
        .contains("\"build_flavor\":\"default\"")
        // Java's clients insist on these.
        .contains(
            "\"build_hash\":", "\"build_date\":", "\"build_snapshot\":", "\"lucene_version\":");
    assertThat(root("GET", "User-Agent", "Filebeat/7.17.3 (linux)")).contains("\"7.17.3\"");
    assertThat(root("GET", "Accept", "application/vnd.elasticsearch+json;compatible-with=9"))
        .contains("\"9.0.0\"");
    assertThat(root("GET", "User-Agent", "opensearch-py/3.2.0"))
        .contains("\"distribution\":\"opensearch\"");
    assertThat(root("GET", "Accept", "text/html,application/json;q=0.9")).isEmpty();
    assertThat(root("GET", "User-Agent", "Go-http-client/1.1")).isEmpty();
  }

  private static String root(String method, String header, String value) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
    request.addHeader(header, value);
    MockHttpServletResponse response = new MockHttpServletResponse();
    new ElasticsearchBanner().doFilter(request, response, new MockFilterChain());
    return response.getContentAsString();
  }

  @Test
  void oneDocument_isCreated_withItsIdOrANewOne() throws Exception {
    ResponseEntity<byte[]> answer =
        controller.document(
            request("application/json", "{\"message\":\"one\",\n\"log.level\":\"warn\"}"),
            "logs-shop",
            null);
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(body(answer))
        .startsWith("{\"_index\":\"logs-shop\",\"_id\":\"")
        .contains("\"result\":\"created\"");
    assertThat(
            body(controller.document(request("application/json", "{\"msg\":\"two\"}"), "i", "7")))
        .contains("\"_id\":\"7\"");
    assertThat(tester.record(0)).containsEntry("_msg", "one").containsEntry("level", "WARN");
    assertThat(controller.document(request("application/json", ""), "i", null).getStatusCode())
        .isEqualTo(HttpStatus.BAD_REQUEST);
  }

  /** As winston-elasticsearch writes them. */
  @Test
  void propertiesAfterTheAction_areIgnored() throws Exception {
    assertThat(body(bulk("{\"index\":{\"pipeline\":null},\"attempts\":0}\n{\"message\":\"m\"}\n")))
        .contains("\"errors\":false,\"items\":[{\"index\":{\"_index\":\"logs-shop\"");
  }
}
