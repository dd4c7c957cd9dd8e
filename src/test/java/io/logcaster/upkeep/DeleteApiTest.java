package io.logcaster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class DeleteApiTest {

  private static final String JSON = "application/json";
  private static final String TASKS = "/api/v1/delete";

  private final Api api;
  private final JsonMapper json;

  DeleteApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  @Test
  void delete_removesWhatTheQuerySelects_andReportsProgress() {
    send("delete-one", 20);
    HttpResponse<String> answer = api.post(TASKS, JSON, "{\"query\":\"app:=delete-one n:<8\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode task = json.readTree(answer.body());
    String path = TASKS + "/" + task.get("id").asString();
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("delete/" + task.get("id").asString());
    assertThat(task.get("query").asString()).isEqualTo("app:=delete-one n:<8");

    JsonNode done = awaitOver(path);
    assertThat(done.get("state").asString()).isEqualTo("done");
    assertThat(done.get("deleted").asLong()).isEqualTo(8);
    assertThat(done.get("segmentsDone").asInt())
        .isPositive()
        .isEqualTo(done.get("segmentsTotal").asInt());
    assertThat(done.get("started").asString()).isNotEmpty();
    assertThat(done.get("finished").asString()).isNotEmpty();
    assertThat(count("app:=delete-one")).isEqualTo(12);
    assertThat(count("app:=delete-one n:<8")).isZero();
    assertThat(json.readTree(api.get(TASKS).body()).valueStream())
        .anySatisfy((listed) -> assertThat(listed.get("id")).isEqualTo(task.get("id")));
    assertThat(json.readTree(api.delete(path).body()).get("state").asString())
        .as("a finished task does not change")
        .isEqualTo("done");
  }

  @Test
  void delete_withinARange_keepsOtherRecords() {
    send("delete-range", 10);
    HttpResponse<String> answer =
        api.post(
            TASKS
                + "?query=app:%3Ddelete-range&start=2026-11-20T10:00:03Z&end=2026-11-20T10:00:05Z",
            "text/plain",
            "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode task = json.readTree(answer.body());
    assertThat(task.get("start").asString()).isEqualTo("2026-11-20T10:00:03Z");
    awaitOver(TASKS + "/" + task.get("id").asString());
    assertThat(count("app:=delete-range")).isEqualTo(8);
  }

  @Test
  void delete_untilADay_endsWhereTheDayBegins() {
    HttpResponse<String> answer =
        api.post(TASKS + "?query=app:%3Ddelete-none&end=2026-11-20", "text/plain", "");
    assertThat(json.readTree(answer.body()).get("end").asString())
        .isEqualTo("2026-11-19T23:59:59.999999999Z");
  }

  @Test
  void delete_byVictoriaLogsPaths_doesTheSame() {
    send("delete-vl", 5);
    HttpResponse<String> answer =
        api.post(
            "/delete/run_task",
            "application/x-www-form-urlencoded",
            "filter=" + encoded("app:=delete-vl n:=3"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String id = json.readTree(answer.body()).get("task_id").asString();
    awaitOver(TASKS + "/" + id);
    assertThat(count("app:=delete-vl")).isEqualTo(4);
    assertThat(json.readTree(api.get("/delete/active_tasks").body()).valueStream())
        .noneMatch((task) -> task.get("task_id").asString().equals(id));
    String stop = "/delete/stop_task?task_id=";
    assertThat(api.post(stop + id, "text/plain", "").statusCode()).isEqualTo(200);
    assertThat(api.post(stop + "nobody", "text/plain", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};missing_parameter;query",
        "{\"query\":\" \"};missing_parameter;query",
        "{\"query\":\"a and\"};query_syntax;",
        "{\"query\":\"a | stats count()\"};query_syntax;",
        "{\"query\":\"a\",\"start\":\"noon\"};invalid_parameter;start",
        "{\"query\":\"a\",\"start\":\"2026\",\"end\":\"2025\"};invalid_parameter;start",
        "{\"query\":\"a\",\"until\":\"2026\"};unknown_property;",
      })
  void delete_withInvalidArguments_isRefused(String body, String code, String parameter) {
    HttpResponse<String> answer = api.post(TASKS, JSON, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("code").asString()).isEqualTo(code);
    if (parameter != null) {
      assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
    }
    if (code.equals("query_syntax")) {
      assertThat(problem.get("line").asInt()).isEqualTo(1);
      assertThat(problem.get("column").asInt()).isPositive();
    }
  }

  @Test
  void unknownTask_isAnsweredWithThePathOfTheList() {
    assertThat(api.get(TASKS + "/nobody").body()).contains("unknown_task", TASKS);
    assertThat(api.delete(TASKS + "/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void paths_areDocumented() {
    assertThat(api.get("/v3/api-docs").body())
        .contains("\"/api/v1/delete/{id}\"", "\"/api/v1/snapshots\"", "\"/delete/run_task\"");
  }

  private void send(String app, int records) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append(
          "{\"_time\":\"2026-11-20T10:00:%02dZ\",\"_msg\":\"number %d\",\"app\":\"%s\",\"n\":\"%d\"}\n"
              .formatted(i, i, app, i));
    }
    HttpResponse<String> answer =
        api.post("/api/v1/records", "application/x-ndjson", lines.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private JsonNode awaitOver(String path) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !json.readTree(api.get(path).body()).get("finished").isNull());
    return json.readTree(api.get(path).body());
  }

  private long count(String query) {
    String body = api.get("/api/v1/query?query=" + encoded(query)).body();
    return body.lines().filter((line) -> !line.isBlank()).count();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
