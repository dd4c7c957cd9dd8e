package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class ChannelApiTest {

  private static final String JSON = "application/json";
  private static final String CHANNELS = "/api/v1/channels";
  private static final String ROUTES = "/api/v1/alerts/routes";

  private final Api api;
  private final JsonMapper json;

  ChannelApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  @Test
  void match_saysWhichAlertsAChannelTakes_andStaysUntilItIsEnded() {
    String body =
        """
        {"name":"Critical only","type":"webhook","options":{"url":"https://hooks.example.org/a"},
         "match":{"severity":"critical"},"enabled":true}
        """;
    JsonNode channel = json.readTree(api.post("/api/v1/alerts/channels", JSON, body).body());
    String path = CHANNELS + "/" + channel.at("/id").asString();
    assertThat(channel.at("/match/severity").asString()).isEqualTo("critical");

    String without = body.replace("\"match\":{\"severity\":\"critical\"},", "");
    assertThat(json.readTree(api.put(path, JSON, without).body()).at("/match").size()).isOne();
    assertThat(api.put(path, JSON, body.replace("{\"severity\":\"critical\"}", "{}")).body())
        .doesNotContain("match");
    assertThat(api.put(path, JSON, body.replace("\"critical\"", "null")).body())
        .contains("\"property\":\"match\"");
    assertThat(api.delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void channel_isCreatedReadEditedAndDeleted_withoutItsSecrets() {
    HttpResponse<String> created =
        api.post(
            CHANNELS,
            JSON,
            """
            {"name":"Hook","type":"webhook","options":{"url":"https://hooks.example.org/a",
             "secret":"s3cret-key","headers":{"X-Token":"t0ken","X-Other":"other1"}}}
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("s3cret", "t0ken");
    JsonNode channel = json.readTree(created.body());
    String path = CHANNELS + "/" + channel.at("/id").asString();
    assertThat(channel.at("/enabled").asBoolean()).isTrue();
    assertThat(channel.at("/options/secret").asString()).isEqualTo("********");
    assertThat(channel.at("/options/headers/X-Token").asString()).isEqualTo("********");

    // What was read may be sent back, and the masks keep the secrets.
    String renamed = api.get(path).body().replace("\"Hook\"", "\"Renamed\"");
    assertThat(api.put(path, JSON, renamed).statusCode()).isEqualTo(200);
    assertThat(api.get(CHANNELS).body()).contains("Renamed").doesNotContain("s3cret", "t0ken");

    // A new address needs the secrets anew.
    HttpResponse<String> moved =
        api.put(path, JSON, renamed.replace("hooks.example.org", "evil.example.net"));
    assertThat(moved.statusCode()).isEqualTo(400);
    assertThat(moved.body()).contains("must be given again, because 'url' has changed");

    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(path).body()).contains("\"code\":\"unknown_channel\"");
    assertThat(api.put(path, JSON, renamed).statusCode()).isEqualTo(404);
    assertThat(api.delete(path).statusCode()).isEqualTo(404);
    assertThat(api.post(path + "/test", JSON, "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name":""                                   | name             | is required
          "type":"pigeon"                             | type             | must be one of webhook email slack
          "options":{}                                | options.url      | is required
          "options":{"url":"https://h/","uri":"x"}    | options.uri      | is unknown
          "options":{"url":"file:///etc/passwd"}      | options.url      | must start with https
          "options":{"url":["x"]}                     | options.url      | must be a text
          "options":{"url":"https://h/","headers":{"a b":"c"}} | options.headers | HTTP header
          "options":{"url":"https://h/","secret":"********"} | options.secret | there is none to keep
          "options":{"url":"https://h/","body":"{{#a}}"} | options.body  | is not a template
          "type":"telegram","options":{"token":"x y","chatId":"1"} | options.token | as BotFather gave it
          "type":"syslog","options":{"host":"h","facility":24} | options.facility | between 0 and 23
          "type":"syslog","options":{"host":"h","port":-1} | options.port | whole number
          "type":"email","options":{"host":"h","from":"a@b.c","to":[]} | options.to | at least one
          "type":"ntfy","options":{"topic":"a/b"}      | options.topic    | letters
          "id":"mine"                                 | id               | chosen by the server
          """)
  void invalidChannel_isRefusedWithTheProperty(String change, String property, String detail) {
    String valid = "\"name\":\"n\",\"type\":\"webhook\",\"options\":{\"url\":\"https://h/\"}";
    HttpResponse<String> answer = api.post(CHANNELS, JSON, "{" + valid + "," + change + "}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.at("/property").asString()).isEqualTo(property);
    assertThat(problem.at("/detail").asString()).contains(detail);
  }

  @Test
  void test_ofAChannelToThisMachine_isRefusedWithTheSetting() {
    String id =
        create(
            "{\"name\":\"l\",\"type\":\"webhook\",\"options\":{\"url\":\"http://localhost:1/\"}}");
    HttpResponse<String> answer = api.post(CHANNELS + "/" + id + "/test", JSON, "");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body())
        .contains("\"code\":\"delivery_failed\"", "logcaster.alert.allow-local-addresses=true");
    api.delete(CHANNELS + "/" + id);
  }

  @Test
  void test_ofALogChannel_isDelivered() {
    String id = create("{\"name\":\"l\",\"type\":\"log\"}");
    assertThat(api.post(CHANNELS + "/" + id + "/test", JSON, "").body())
        .isEqualTo("{\"delivered\":true}");
    api.delete(CHANNELS + "/" + id);
  }

  @Test
  void kinds_areListedWithTheirOptions() {
    JsonNode kinds = json.readTree(api.get(CHANNELS + "/kinds").body());
    assertThat(kinds.valueStream().map((kind) -> kind.at("/type").asString()))
        .containsExactly(
            "webhook",
            "email",
            "slack",
            "teams",
            "discord",
            "telegram",
            "ntfy",
            "pagerduty",
            "opsgenie",
            "alertmanager",
            "syslog",
            "log");
    assertThat(kinds.at("/0/options/0/name").asString()).isEqualTo("url");
    assertThat(kinds.at("/0/options/0/type").asString()).isEqualTo("URL");
  }

  @Test
  void routes_areReplacedAndRestored() {
    JsonNode before = json.readTree(api.get(ROUTES).body());
    assertThat(before.at("/isDefault").asBoolean()).isTrue();
    assertThat(before.at("/routes/0/channels/0").asString()).isEqualTo("*");
    String id = create("{\"name\":\"r\",\"type\":\"log\"}");
    String routes =
        """
        {"routes":[{"name":"night","match":["severity=~critical|error","app!=test"],"channels":["%s"],
          "groupBy":["app"],"repeatInterval":"1h","escalateAfter":"15m","escalateTo":["*"],"continue":true,
          "quietHours":[{"days":["sat","sun"],"from":"22:00","to":"06:00","timeZone":"Europe/Berlin"}]}]}
        """
            .formatted(id);
    HttpResponse<String> put = api.put(ROUTES, JSON, routes);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    JsonNode route = json.readTree(api.get(ROUTES).body()).at("/routes/0");
    assertThat(route.at("/groupWait").asString()).isEqualTo("10s");
    assertThat(route.at("/continue").asBoolean()).isTrue();
    assertThat(route.at("/quietHours/0/days").toString()).isEqualTo("[\"sat\",\"sun\"]");
    // What was read may be sent back.
    assertThat(api.put(ROUTES, JSON, put.body()).body()).isEqualTo(put.body());
    assertThat(api.delete(CHANNELS + "/" + id).body())
        .contains("\"code\":\"channel_in_use\"", "night");

    assertThat(api.put(ROUTES, JSON, "{\"routes\":[]}").body()).contains("\"isDefault\":true");
    assertThat(api.delete(CHANNELS + "/" + id).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":" "}                          | routes[0].name         | is required
          {"name":"a","match":["app"]}          | routes[0].match        | needs one of = != =~ !~
          {"name":"a","match":["app=~("]}       | routes[0].match        | invalid regular expression
          {"name":"a","channels":["nobody"]}    | routes[0].channels     | lists no such channel
          {"name":"a","groupWait":"soon"}       | routes[0].groupWait    | must be a duration
          {"name":"a","groupInterval":"0s"}     | routes[0].groupInterval | between 1s and 30d
          {"name":"a","escalateAfter":"5m"}     | routes[0].escalateTo   | is required with
          {"name":"a","quietHours":[{"from":"22","to":"6:00"}]} | routes[0].quietHours[0].from | time of day
          {"name":"a","quietHours":[{"from":"22:00","to":"06:00","timeZone":"Mars"}]} | routes[0].quietHours[0].timeZone | time zone
          {"name":"a","quietHours":[{"days":["x"],"from":"22:00","to":"06:00"}]} | routes[0].quietHours[0].days | mon tue
          {"name":"webhook of the settings"}    | routes[0].name         | another route
          """)
  void invalidRoute_isRefusedWithTheProperty(String route, String property, String detail) {
    HttpResponse<String> answer = api.put(ROUTES, JSON, "{\"routes\":[" + route + "]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.at("/property").asString()).isEqualTo(property);
    assertThat(problem.at("/detail").asString()).contains(detail);
    assertThat(api.get(ROUTES).body()).contains("\"isDefault\":true");
  }

  @Test
  void silence_byConditions_saysWhatItHides() {
    HttpResponse<String> created =
        api.post(
            "/api/v1/alerts/silences",
            JSON,
            """
            {"match":["app=~never-.*","severity!=critical"],"note":"x","until":"2100-01-01T00:00:00Z"}
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    JsonNode silence = json.readTree(created.body());
    String path = "/api/v1/alerts/silences/" + silence.at("/id").asString();
    assertThat(silence.at("/match/0").asString()).isEqualTo("app=~never-.*");
    assertThat(silence.at("/author").asString()).isEqualTo("local");
    assertThat(silence.at("/hides/count").asInt()).isZero();
    assertThat(api.put(path, JSON, created.body()).statusCode()).isEqualTo(200);
    api.delete(path);
  }

  @Test
  void maintenance_isCreatedReadEditedAndDeleted() {
    String windows = "/api/v1/alerts/maintenance";
    HttpResponse<String> created =
        api.post(
            windows,
            JSON,
            """
            {"name":"Backup","match":["app=none"],
             "hours":{"days":["sun"],"from":"02:00","to":"04:00","timeZone":"Europe/Berlin"}}
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    JsonNode window = json.readTree(created.body());
    String path = windows + "/" + window.at("/id").asString();
    assertThat(window.at("/next").asString()).isNotEmpty();
    assertThat(api.put(path, JSON, api.get(path).body()).statusCode()).isEqualTo(200);
    assertThat(api.put(path, JSON, "{\"name\":\"x\",\"start\":\"2026-01-01T00:00:00Z\"}").body())
        .contains("must be a time after 'start'");
    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(windows).body()).doesNotContain("Backup");
  }

  @Test
  void acknowledgementOfNothing_isRefused() {
    assertThat(api.post("/api/v1/alerts/ack", JSON, "{\"rule\":\"none\"}").body())
        .contains("\"code\":\"unknown_alert\"");
    assertThat(api.post("/api/v1/alerts/ack", JSON, "{}").body()).contains("\"property\":\"rule\"");
    assertThat(api.post("/api/v1/alerts/none/acknowledge", JSON, "{}").statusCode()).isEqualTo(404);
    assertThat(api.delete("/api/v1/alerts/none/acknowledge").statusCode()).isEqualTo(404);
  }

  @Test
  void deadLettersThatDoNotExist_areUnknown() {
    assertThat(api.get(CHANNELS + "/dead-letters").statusCode()).isEqualTo(200);
    for (String id : new String[] {"999999", "x"}) {
      String path = CHANNELS + "/dead-letters/" + id;
      assertThat(api.delete(path).body()).contains("\"code\":\"unknown_letter\"");
      assertThat(api.post(path + "/send", JSON, "").statusCode()).isEqualTo(404);
    }
  }

  private String create(String body) {
    HttpResponse<String> created = api.post(CHANNELS, JSON, body);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return json.readTree(created.body()).at("/id").asString();
  }
}
