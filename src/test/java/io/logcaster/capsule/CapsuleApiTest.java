package io.logcaster.capsule;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Incident capsules over HTTP. */
@RunningServer
class CapsuleApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final Api api;

  CapsuleApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  private HttpResponse<String> make(String more) {
    return api.post("/api/v1/capsules", "application/json", "{%s}".formatted(more));
  }

  private static JsonNode data(String html) {
    int from = html.indexOf(CapsulePage.DATA) + CapsulePage.DATA.length();
    return JSON.readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  @Test
  void capsule_hasTheQueryAndItsRecords_redactedAndHarmless() {
    String line =
        "{\"app\":\"capsule-shop\",\"level\":\"ERROR\","
            + "\"_msg\":\"mail to ann@example.com </script><img src=x onerror=alert(1)> 7\"}\n";
    api.post("/api/v1/records", "application/x-ndjson", line.repeat(3));

    HttpResponse<String> answer =
        make(
            "\"title\":\"<b>Down</b>\",\"notes\":\"call bob@example.com\","
                + "\"query\":\"app:=capsule-shop\",\"limit\":2");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-disposition").orElse(""))
        .startsWith("attachment");
    String html = answer.body();
    assertThat(html)
        .contains("default-src 'none'", "&lt;b&gt;Down&lt;/b&gt;", "[redacted:email]")
        .doesNotContain("ann@example.com", "bob@example.com", "<img", "<b>Down");
    assertThat(html.split("<script", -1)).as("only the data").hasSize(2);
    JsonNode data = data(html);
    assertThat(data.path("records")).hasSize(2);
    assertThat(data.path("records").get(0).path("_msg").asString())
        .contains("[redacted:email] </script><img");
    assertThat(data.path("patterns").get(0).path("records").asLong()).isEqualTo(3);
    assertThat(data.path("histogram").get(0).path("records").asLong()).isPositive();
    assertThat(data.path("stepMillis").asLong()).as("of an hour").isEqualTo(60_000);
    assertThat(html.split("<rect ", -1)).hasSize(data.path("histogram").size() + 1);
    assertThat(data.path("redacted").path("email").asLong()).isPositive();
    assertThat(data.path("cut").asBoolean()).isFalse();
  }

  @Test
  void chosenRecords_areTaken_withOnlyTheChosenRedaction() {
    HttpResponse<String> answer =
        make(
            "\"query\":\"*\",\"redact\":[],\"records\":[{\"_msg\":\"of ann@example.com\"},"
                + "{\"_msg\":\"%s\"}]".formatted("y".repeat(30_000)));
    JsonNode data = data(answer.body());
    assertThat(data.path("records").get(0).path("_msg").asString()).isEqualTo("of ann@example.com");
    assertThat(data.path("records").get(1).path("_msg").asString())
        .hasSize(Redaction.MAX_VALUE + 1);
    assertThat(data.path("cut").asBoolean()).isTrue();
  }

  @Test
  void capsuleOfThousandsOfRecords_hasThemAll_inKorean() {
    String line = "{\"app\":\"capsule-many\",\"_msg\":\"<결제 실패> 7\"}\n";
    api.post("/api/v1/records", "application/x-ndjson", line.repeat(2_500));
    String html =
        make("\"query\":\"app:=capsule-many\",\"limit\":10000,\"language\":\"ko\"").body();
    assertThat(html).contains("<html lang=\"ko\">", "<h1>장애</h1>", "<h2>쿼리</h2>");
    assertThat(html.split("&lt;결제 실패&gt; 7</pre>", -1)).hasSize(2_501);
    assertThat(data(html).path("records")).hasSize(2_500);
    assertThat(data(html).path("records").get(7).path("_msg").asString()).isEqualTo("<결제 실패> 7");
  }

  @Test
  void capsuleOfStats_hasTheirRows() {
    JsonNode data = data(make("\"query\":\"app:=none-such | stats count() n # comment\"").body());
    assertThat(data.path("records").get(0).path("n").asString()).isEqualTo("0");
  }

  @Test
  void wrongBodies_areRefusedByTheNameOfTheProperty() {
    assertThat(make("").body()).contains("\"property\":\"query\"");
    assertThat(make("\"query\":\"*\",\"redact\":[\"x\"]").body())
        .contains("\"property\":\"redact\"", "known: ");
    assertThat(make("\"query\":\"*\",\"start\":\"x\"").body()).contains("\"property\":\"start\"");
    assertThat(make("\"query\":\"*\",\"limit\":10001").body()).contains("\"property\":\"limit\"");
    assertThat(make("\"query\":\"*\",\"language\":\"x\"").body())
        .contains("\"property\":\"language\"");
    assertThat(make("\"query\":\"(\"").body()).contains("query_syntax");
  }
}
