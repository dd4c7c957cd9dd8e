package io.logcaster.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.EventStream;
import io.logcaster.RunningServer;
import io.logcaster.Sender;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kinds of rules, and their trial, through the HTTP API with real records. */
@RunningServer
class RuleKindsApiTest {

  private static final String JSON = "application/json";
  private static final String RULES = "/api/v1/alerts/rules";

  private final int port;
  private final Api api;
  private final JsonMapper json;
  private final Sender sender;

  RuleKindsApiTest(
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
  void ratio_ofRecordsThatWereSent_fires() {
    try (EventStream stream = new EventStream(port, "/api/v1/alerts/stream")) {
      String id =
          add(
              """
              {"name":"Ratio","kind":"ratio","query":"app:=ratio bad | stats by (app) count() value",
               "totalQuery":"app:=ratio | stats by (app) count() value","interval":"1s",
               "comparison":">=","threshold":0.5,"minRecords":4}
              """);
      sender.send("ratio", "bad one", "fine", "bad two", "fine");
      JsonNode change = json.readTree(stream.await("alert", (data) -> data.contains(id)));
      assertThat(change.get("kind").asString()).isEqualTo("ratio");
      assertThat(change.get("reason").asString()).isEqualTo("0.5 >= 0.5 over 1m (2 of 4)");
      assertThat(change.get("threshold").asDouble()).isEqualTo(0.5);
      api.delete(RULES + "/" + id);
    }
  }

  @Test
  void newTemplate_ofALineThatWasPosted_firesLongBeforeTheInterval_andNamesIt() {
    try (EventStream stream = new EventStream(port, "/api/v1/alerts/stream")) {
      String id =
          add(
              """
              {"name":"New","kind":"new-template","query":"app:=newborn","level":"ERROR",
               "interval":"1h","window":"1h"}
              """);
      String path = RULES + "/" + id;
      await().until(() -> json.readTree(api.get(path).body()).has("lastEvaluation"));
      post("zeppelin 16 takes off", "INFO");
      // Beside many other records, a line may be learned only when it is flushed, a minute later.
      await()
          .until(
              () -> {
                post("zeppelin 17 lost 30 kg of ballast", "ERROR");
                return json.readTree(api.get(path).body()).get("state").asString().equals("FIRING");
              });
      JsonNode change = json.readTree(stream.await("alert", (data) -> data.contains(id)));

      assertThat(change.get("to").asString()).isEqualTo("FIRING");
      assertThat(change.get("kind").asString()).isEqualTo("new-template");
      assertThat(change.get("reason").asString())
          .isEqualTo("new message: zeppelin <*> lost <*> kg of ballast");
      JsonNode labels = change.get("labels");
      assertThat(labels.get("app").asString()).isEqualTo("newborn");
      assertThat(labels.get("host").asString()).isEqualTo("h7");
      assertThat(labels.get("level").asString()).isEqualTo("ERROR");
      String template = labels.get("template").asString();
      assertThat(api.get("/api/v1/templates/" + template).body()).contains("zeppelin 17 lost");
      api.delete(path);
    }
  }

  private void post(String message, String level) {
    String line =
        "{\"_msg\":\"%s\",\"level\":\"%s\",\"host\":\"h7\",\"app\":\"newborn\"}"
            .formatted(message, level);
    assertThat(api.post("/api/v1/records", "application/x-ndjson", line).statusCode())
        .isEqualTo(200);
  }

  @Test
  void rule_ofAKindWithPropertiesOfAnother_isRefused() {
    var answer =
        api.post(
            RULES,
            JSON,
            """
            {"name":"n","kind":"absence","query":"* | stats by (host) count() value","threshold":1}
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"property\":\"threshold\"", "does not belong to a rule of kind absence");
  }

  @Test
  void trial_ofRecordsThatWereSent_saysWhatWouldHaveFired() {
    sender.send("trial", "bad one", "bad two", "bad three");
    var answer =
        api.post(
            RULES + "/test",
            JSON,
            """
            {"rule":{"name":"n","query":"app:=trial | stats by (app) count() value",
               "window":"1m","interval":"1s","comparison":">","threshold":2},
             "start":"%s","end":"%s","thresholds":[2,3]}
            """
                .formatted(
                    java.time.Instant.now().minusSeconds(300),
                    java.time.Instant.now().plusSeconds(60)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode trial = json.readTree(answer.body());
    assertThat(trial.get("firings").get(0).get("value").asDouble()).isEqualTo(3);
    assertThat(trial.get("perWeek").get(0).get("firings").asDouble()).isPositive();
    assertThat(trial.get("perWeek").get(1).get("firings").asDouble()).isZero();
    assertThat(trial.get("proposal").get("threshold").asDouble()).isEqualTo(3);
    assertThat(api.post(RULES + "/test", JSON, "{}").body()).contains("\"property\":\"rule\"");
  }

  private String add(String rule) {
    var created = api.post(RULES, JSON, rule);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return json.readTree(created.body()).get("id").asString();
  }
}
