package io.logcaster.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.EventStream;
import io.logcaster.RunningServer;
import io.logcaster.Sender;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class AlertApiTest {

  private static final String JSON = "application/json";
  private static final String RULES = "/api/v1/alerts/rules";

  private final int port;
  private final Api api;
  private final JsonMapper json;
  private final Sender sender;

  AlertApiTest(
      @LocalServerPort int port,
      @Autowired JsonMapper json,
      @Autowired Intake intake,
      @Autowired Ledger ledger) {
    this.port = port;
    this.api = new Api(port);
    this.json = json;
    this.sender = new Sender(intake, ledger);
  }

  @Test
  void shippedRules_watchTheMachine() {
    JsonNode rules = json.readTree(api.get(RULES).body());
    assertThat(rules.valueStream().map((rule) -> rule.get("id").asString()))
        .contains("host-cpu", "host-memory", "host-disk");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              JsonNode cpu = json.readTree(api.get(RULES + "/host-cpu").body());
              assertThat(cpu.has("lastEvaluation")).isTrue();
              assertThat(cpu.has("lastError")).isFalse();
            });
  }

  @Test
  void rule_isCreatedReadEditedAndDeleted() {
    var created =
        api.post(
            RULES,
            JSON,
            """
            {"name":"Crud","query":"app:=crud | stats by (app) count() value",
             "comparison":">=","threshold":2,"for":"90s","window":"2h"}
            """);
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode rule = json.readTree(created.body());
    String path = RULES + "/" + rule.get("id").asString();
    assertThat(created.headers().firstValue("Location"))
        .hasValue("rules/" + rule.get("id").asString());
    assertThat(rule.get("window").asString()).isEqualTo("2h");
    assertThat(rule.get("interval").asString()).isEqualTo("5s");
    assertThat(rule.get("for").asString()).isEqualTo("90s");
    assertThat(rule.get("severity").asString()).isEqualTo("warning");
    assertThat(rule.get("enabled").asBoolean()).isTrue();

    // The rule that was read may be sent back unchanged.
    String edited = api.get(path).body().replace("\"Crud\"", "\"Edited\"");
    var put = api.put(path, JSON, edited);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(json.readTree(api.get(path).body()).get("name").asString()).isEqualTo("Edited");

    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(path).statusCode()).isEqualTo(404);
    assertThat(api.delete(path).body()).contains("\"code\":\"unknown_rule\"");
    assertThat(api.put(path, JSON, edited).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name":" "              | name       | is required
          "query":""              | query      | is required
          "query":"a \\u007c stats (" | query   |
          "query":"error"         | query      | must end with a stats pipe
          "query":"* \\u007c stats count() n" | query | must have a result named 'value' to compare
          "window":"5 minutes"    | window     | is not a duration such as 500ms, 5s, 1m, 2h or 7d
          "window":"10"           | window     | is not a duration such as
          "interval":"10ms"       | interval   | between 1s and 1d
          "for":"-1s"             | for        | between 0s and 7d
          "comparison":"=>"       | comparison | must be one of > >= < <= == !=
          "threshold":null        | threshold  | must be a number
          "threshold":"many"      | threshold  | expected a number
          "severity":"loud"       | severity   | must be one of info warning error critical
          "tresholds":1           | tresholds  | Unknown property 'tresholds'
          "id":"mine"             | id         | chosen by the server
          """)
  void invalidRule_isRefusedWithTheProperty(String change, String property, String detail) {
    String valid =
        "\"name\":\"n\",\"query\":\"* | stats count() value\",\"comparison\":\">\",\"threshold\":1";
    HttpResponse<String> answer = api.post(RULES, JSON, "{" + valid + "," + change + "}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("property").asString()).isEqualTo(property);
    assertThat(problem.has("code")).isTrue();
    if (detail != null) {
      assertThat(problem.get("detail").asString()).contains(detail);
    }
  }

  @Test
  void alert_fires_isStreamedListedAndStored() {
    try (EventStream stream = new EventStream(port, "/api/v1/alerts/stream")) {
      String id =
          json.readTree(
                  api.post(
                          RULES,
                          JSON,
                          """
                          {"name":"Fires","query":"app:=fires fatal | stats by (app) count() value",
                           "interval":"1s","comparison":">","threshold":1}
                          """)
                      .body())
              .get("id")
              .asString();
      sender.send("fires", "fatal one", "fine", "fatal two");

      JsonNode change = json.readTree(stream.await("alert", (data) -> data.contains(id)));
      assertThat(change.get("name").asString()).isEqualTo("Fires");
      assertThat(change.get("labels").toString()).isEqualTo("{\"app\":\"fires\"}");
      assertThat(change.get("from").asString()).isEqualTo("INACTIVE");
      assertThat(change.get("to").asString()).isEqualTo("FIRING");
      assertThat(change.get("value").asDouble()).isEqualTo(2);
      JsonNode listed =
          json.readTree(api.get("/api/v1/alerts").body())
              .valueStream()
              .filter((alert) -> alert.get("rule").asString().equals(id))
              .findFirst()
              .orElseThrow();
      assertThat(listed.get("state").asString()).isEqualTo("FIRING");
      assertThat(listed.get("since").asString()).isEqualTo(change.get("time").asString());
      assertThat(json.readTree(api.get("/api/v1/alerts/history?rule=" + id).body()).get(0))
          .isEqualTo(change);

      api.delete(RULES + "/" + id);
      stream.await("alert", (data) -> data.contains(id) && data.contains("\"to\":\"INACTIVE\""));
    }
  }

  @Test
  void silence_isCreatedListedAndDeleted() {
    var created =
        api.post(
            "/api/v1/alerts/silences",
            JSON,
            "{\"matchers\":{\"app\":\"s\"},\"note\":\"upgrade\",\"until\":\"2100-01-01T00:00:00Z\"}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String id = json.readTree(created.body()).get("id").asString();
    assertThat(api.get("/api/v1/alerts/silences").body()).contains(id);
    assertThat(api.delete("/api/v1/alerts/silences/" + id).statusCode()).isEqualTo(204);
    assertThat(api.get("/api/v1/alerts/silences/" + id).statusCode()).isEqualTo(404);
    assertThat(api.post("/api/v1/alerts/silences", JSON, "{\"matchers\":{}}").body())
        .contains("\"property\":\"matchers\"");
  }

  @Test
  void history_withAnInvalidLimit_isRefusedWithTheRange() {
    assertThat(api.get("/api/v1/alerts/history?limit=0").body())
        .contains("between 1 and 10000", "invalid_parameter");
  }
}
