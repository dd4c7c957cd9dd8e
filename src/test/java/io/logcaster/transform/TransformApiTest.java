package io.logcaster.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningServer
class TransformApiTest {

  private static final String TRANSFORMS = "/api/v1/transforms";

  private static final String JSON = "application/json";

  private final Api api;

  TransformApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @AfterEach
  void none() {
    put("[]");
  }

  private HttpResponse<String> put(String json, String... headers) {
    HttpRequest.Builder request =
        api.request(TRANSFORMS, "Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json.replace('\'', '"')));
    return api.send((headers.length > 0) ? request.headers(headers) : request);
  }

  @Test
  void put_changesTheRecordsThatFollow_andRollbackEndsIt() {
    HttpResponse<String> answer =
        put(
            "[{'name':'mask','filter':'app:=transformed','action':'redact',"
                + "'options':{'kinds':['email']}}]");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(api.get(TRANSFORMS).headers().firstValue("ETag"))
        .isEqualTo(answer.headers().firstValue("ETag"));
    api.post(
        "/api/v1/records", JSON, "{\"_msg\":\"one of a@example.com\",\"app\":\"transformed\"}");

    await()
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/query?query=app:=transformed").body())
                    .contains("one of [redacted:email]"));
    assertThat(api.get(TRANSFORMS + "/counts").body()).contains("\"redacted\":{\"email\":1}");

    assertThat(api.post(TRANSFORMS + "/rollback", JSON, "").statusCode()).isEqualTo(200);
    assertThat(api.get(TRANSFORMS).body()).isEqualTo("[]");
    assertThat(api.get(TRANSFORMS + "/versions").body()).contains("\"copyOf\":");
  }

  @Test
  void types_areThoseOfPlugins_ofWhichThereAreNone() {
    HttpResponse<String> answer = api.get(TRANSFORMS + "/types");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[]");
  }

  @Test
  void put_ofAnotherVersion_isRefused() {
    String seen = api.get(TRANSFORMS).headers().firstValue("ETag").orElseThrow();
    put("[{'name':'a','action':'drop','filter':'never'}]");

    HttpResponse<String> answer = put("[]", "If-Match", seen);

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.body()).contains("transforms_changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'action':'drop'} | transforms[0].name",
        "{'name':'a'} | transforms[0].action",
        "{'name':'a','action':'explode'} | must be one of extract",
        "{'name':'a','action':'drop','filter':'('} | transforms[0].filter",
        "{'name':'a','action':'drop','options':{'rate':1}} | does not belong to the action drop",
        "{'name':'a','action':'extract','options':{'pipe':'sort by (a)'}} | must begin with",
        "{'name':'a','action':'set'} | transforms[0].options.values",
        "{'name':'a','action':'sample','options':{'oneOf':1}} | from 2 to",
        "{'name':'a','action':'redact','options':{'kinds':['ssn']}} | card, email",
        "{'name':'a','action':'redact','options':{'with':'hash'}} | keyFile",
        "{'name':'a','action':'redact','options':{'patterns':[{'name':'x','expression':'a*'}]}} |"
            + " empty text",
        "{'name':'a','action':'redact','options':{'patterns':[{'name':'x','expression':'('}]}} |"
            + " patterns[0].expression",
        "{'name':'a','action':'join'} | indentation, java",
        "{'name':'a','action':'join','options':{'preset':'java','timeout':'1h'}} | from 1ms to 10s",
        "{'name':'a','action':'deduplicate','options':{'window':'soon'}} | a duration",
        "{'name':'a','action':'limit'} | options.rate",
        "{'name':'a','action':'route','options':{'sink':'nowhere'}} | no sink of this name",
        "{'name':'a','action':'drop','nmae':1} | nmae",
        "{'name':'a','action':'plugin'} | is required: a transform of a plug-in; there are none",
        "{'name':'a','action':'plugin','options':{'type':'lost'}} | transforms[0].options.type",
      })
  void put_ofAWrongTransform_namesThePlaceAndChangesNothing(String transform, String part) {
    HttpResponse<String> answer = put("[" + transform + "]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(part);
    assertThat(api.get(TRANSFORMS).body()).isEqualTo("[]");
  }

  @Test
  void put_thatIsRefused_leavesNoCounters() {
    String good = "{'name':'never in force','action':'drop','filter':'never'}";
    assertThat(put("[" + good + ",{'name':'b','action':'explode'}]").statusCode()).isEqualTo(400);

    assertThat(api.get(TRANSFORMS + "/counts").body()).doesNotContain("never in force");
  }

  @Test
  void preview_showsEachStage() {
    String answer =
        api.post(
                TRANSFORMS + "/preview",
                JSON,
                """
                {"transforms":[
                   {"name":"join","action":"join","options":{"preset":"java"}},
                   {"name":"user","filter":"paid","action":"extract",
                    "options":{"pipe":"extract \\"user=<user> \\""}},
                   {"name":"noise","filter":"noise","action":"drop"}],
                 "records":[{"_msg":"user=anna paid","app":"shop"},{"_msg":"noise"},
                   {"_msg":"failed"},{"_msg":"\\tat a.B.c(D.java:1)"}]}\
                """)
            .body();

    assertThat(answer)
        .contains("\"name\":\"join\",\"in\":4,\"selected\":4,\"out\":3,\"dropped\":1")
        .contains("\"name\":\"user\",\"in\":3,\"selected\":1,\"out\":3,\"dropped\":0")
        .contains("\"name\":\"noise\",\"in\":3,\"selected\":1,\"out\":2,\"dropped\":1")
        .contains("\"user\":\"anna\"")
        .contains("failed\\n\\tat a.B.c(D.java:1)");
  }

  @Test
  void preview_withoutRecords_takesRecentOnes() {
    api.post("/api/v1/records", JSON, "{\"_msg\":\"recent one\",\"app\":\"previewed\"}");

    await()
        .untilAsserted(
            () ->
                assertThat(
                        api.post(
                                TRANSFORMS + "/preview",
                                JSON,
                                "{\"query\":\"app:=previewed\",\"transforms\":["
                                    + "{\"name\":\"d\",\"action\":\"drop\"}]}")
                            .body())
                    .contains("recent one")
                    .contains("\"in\":1,\"selected\":1,\"out\":0"));
  }
}
