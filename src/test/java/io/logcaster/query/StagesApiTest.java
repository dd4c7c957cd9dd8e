package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** What each stage of a query takes in and gives on, over HTTP. */
@RunningServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagesApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String FILTER = "app:=stages level:=ERROR";

  private final Api api;

  StagesApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @BeforeAll
  void send() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(
          "{\"_time\":\"2025-06-01T08:%02d:00Z\",\"app\":\"stages\",\"level\":\"%s\",\"node\":\"n%d\",\"_msg\":\"line %d\"}%n"
              .formatted(i, (i % 3 == 0) ? "ERROR" : "INFO", i % 4, i));
    }
    assertThat(api.post("/api/v1/records", "application/x-ndjson", lines.toString()).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> post(String address, Map<String, Object> body) {
    return api.post(
        "/api/v1/query/stages" + address, "application/json", JSON.writeValueAsString(body));
  }

  /** The stages over the hour of the test, however busy the machine is. */
  private String stages(String query, Map<String, Object> more) {
    return stages("", query, more);
  }

  private String stages(String address, String query, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.putAll(
        Map.of(
            "query",
            query,
            "start",
            "2025-06-01T08:00:00Z",
            "end",
            "2025-06-01T09:00:00Z",
            "reading",
            "10m"));
    HttpResponse<String> answer = post(address, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JsonPath.<Boolean>read(answer.body(), "$.complete")).isTrue();
    return answer.body();
  }

  private static List<Integer> in(String answer) {
    return JsonPath.read(answer, "$.stages[*].rowsIn");
  }

  private static List<Integer> out(String answer) {
    return JsonPath.read(answer, "$.stages[*].rowsOut");
  }

  @Test
  void everyStage_countsInFull_andShowsItsFirstRows() {
    String answer =
        stages(
            FILTER + " | stats by (node) count() n | sort by (node) | limit 2 | fields node",
            Map.of("rows", 3));
    assertThat(JsonPath.<List<String>>read(answer, "$.stages[*].text"))
        .containsExactly(
            FILTER, "stats by (node) count(*) as n", "sort by (node)", "limit 2", "fields node");
    assertThat(out(answer)).containsExactly(20, 4, 2, 2, 2);
    assertThat(in(answer).getFirst()).isGreaterThanOrEqualTo(60);
    assertThat(in(answer).subList(1, 5)).containsExactly(20, 4, 2, 2);
    assertThat(JsonPath.<List<Object>>read(answer, "$.stages[0].rows")).hasSize(3);
    assertThat(JsonPath.<Map<String, String>>read(answer, "$.stages[0].rows[0]"))
        .containsEntry("app", "stages")
        .containsEntry("level", "ERROR")
        .containsKeys("_time", "_msg", "node");
    assertThat(JsonPath.<List<Object>>read(answer, "$.stages[4].rows"))
        .isEqualTo(List.of(Map.of("node", "n0"), Map.of("node", "n1")));
    assertThat(JsonPath.<List<Double>>read(answer, "$.stages[*].millis"))
        .allMatch((millis) -> millis >= 0);
  }

  @Test
  void limit_endsNoEarlierStage() {
    String answer = stages(FILTER + " | limit 5 | limit 2", Map.of("rows", 0));
    assertThat(out(answer)).containsExactly(20, 5, 2);
    assertThat(JsonPath.<List<Object>>read(answer, "$.stages[*].rows[*]")).isEmpty();
  }

  @Test
  void stagesThatAreOff_areLeftOut() {
    String query = FILTER + " | filter node:=n1 | stats count() n";
    assertThat(out(stages(query, Map.of()))).containsExactly(20, 5, 1);
    String answer = stages(query, Map.of("off", List.of(1)));
    assertThat(out(answer)).containsExactly(20, 20, 1);
    assertThat(JsonPath.<List<Boolean>>read(answer, "$.stages[*].off"))
        .containsExactly(false, true, false);
    assertThat(JsonPath.<String>read(answer, "$.stages[2].rows[0].n")).isEqualTo("20");
    // The request's own filters hold also where the filter is off.
    String address = "?extra_filters=%7B%22app%22%3A%22stages%22%7D";
    answer = stages(address, query, Map.of("off", List.of(0)));
    assertThat(out(answer)).containsExactly(60, 15, 1);
    assertThat(JsonPath.<String>read(answer, "$.stages[0].text")).isEqualTo(FILTER);
  }

  @Test
  void subqueriesAndUnions_countForTheirStage() {
    String answer =
        stages(
            FILTER
                + " | filter node:in(app:=stages node:=n1 | fields node)"
                + " | union (app:=stages level:=INFO) | stats count() n",
            Map.of());
    assertThat(out(answer)).containsExactly(20, 5, 45, 1);
    assertThat(JsonPath.<String>read(answer, "$.stages[3].rows[0].n")).isEqualTo("45");
  }

  @Test
  void errors_nameThePlace() {
    assertThat(post("", Map.of("query", "error | stats by (")).body())
        .contains("query_syntax", "\"column\":19");
    assertThat(post("", Map.of()).body()).contains("missing_parameter", "query");
    assertThat(post("", Map.of("query", "*", "off", List.of(1))).body())
        .contains("invalid_parameter", "'off' has 1, but the stages of the query are 0 to 0");
    assertThat(post("", Map.of("query", "*", "rows", 101)).body())
        .contains("invalid_parameter", "from 0 to 100");
    assertThat(post("", Map.of("query", "*", "start", "soon")).body())
        .contains("invalid_parameter", "'start'");
    assertThat(post("", Map.of("query", "*", "reading", "long")).body())
        .contains("invalid_parameter", "'reading'");
  }
}
