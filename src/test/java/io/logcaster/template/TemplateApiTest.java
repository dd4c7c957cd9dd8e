package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Templates, marks and the comparison of two ranges over HTTP. */
@RunningServer
class TemplateApiTest {

  private static final String JSON = "application/json";

  private final Api api;

  TemplateApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  private void send(String body) {
    assertThat(api.post("/api/v1/records", "application/x-ndjson", body).statusCode())
        .isEqualTo(200);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void template_isFoundByFilter_andHasItsFirstRecord() {
    send(
        """
        {"_msg":"gadget 17 broke after 30 ms","level":"ERROR","host":"h1","app":"templating","part":"x"}
        {"_msg":"gadget 18 fine","level":"INFO","host":"h1","app":"templating"}
        """);
    String path = "/api/v1/templates?level=warn&query=" + encoded("app:=templating");
    await().untilAsserted(() -> assertThat(api.get(path).body()).contains("gadget <*> broke"));
    HttpResponse<String> list = api.get(path);
    assertThat(list.headers().firstValue("X-Total-Count")).hasValue("1");
    String id = JsonPath.read(list.body(), "$[0].id");
    String full = api.get("/api/v1/templates/" + id).body();
    assertThat(JsonPath.<String>read(full, "$.template")).isEqualTo("gadget <*> broke after <*>");
    assertThat(JsonPath.<String>read(full, "$.firstHost")).isEqualTo("h1");
    assertThat(JsonPath.<String>read(full, "$.firstApp")).isEqualTo("templating");
    assertThat(JsonPath.<String>read(full, "$.fields.part")).isEqualTo("x");
    assertThat(JsonPath.<String>read(full, "$.example")).isEqualTo("gadget 17 broke after 30 ms");
    String patterns = api.get("/api/v1/patterns?query=" + encoded("app:=templating broke")).body();
    assertThat(JsonPath.<String>read(patterns, "$.patterns[0].id")).isEqualTo(id);
    String rows =
        api.get(
                "/api/v1/query?query="
                    + encoded(
                        "app:=templating | pattern | filter _pattern:=\"gadget <*> broke after"
                            + " <*>\""))
            .body();
    assertThat(rows).contains("gadget 17").doesNotContain("gadget 18");
  }

  @Test
  void templates_newSinceAMark_areThoseAfterIt() {
    send(
        "{\"_msg\":\"before the deploy"
            + " 1\",\"app\":\"marking\",\"_time\":\"2026-01-02T03:04:05Z\"}");
    HttpResponse<String> mark =
        api.post(
            "/api/v1/marks", JSON, "{\"text\":\" deploy 2 \",\"time\":\"2026-01-02T04:00:00Z\"}");
    assertThat(mark.statusCode()).isEqualTo(201);
    assertThat(JsonPath.<String>read(mark.body(), "$.text")).isEqualTo("deploy 2");
    int id = JsonPath.read(mark.body(), "$.id");
    send(
        "{\"_msg\":\"after the deploy 1\",\"app\":\"marking\",\"_time\":\"2026-01-02T05:04:05Z\"}");
    String query = "&query=" + encoded("app:=marking") + "&sort=template";
    await()
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/templates?since=mark:" + id + query).body())
                    .contains("after the deploy")
                    .doesNotContain("before the deploy"));
    assertThat(api.get("/api/v1/templates?since=2026-01-01" + query).body())
        .contains("before the deploy");
    assertThat(
            JsonPath.<List<String>>read(
                api.get("/api/v1/marks?start=2026-01-02&end=2026-01-03").body(), "$[*].text"))
        .containsExactly("deploy 2");
    assertThat(api.delete("/api/v1/marks/" + id).statusCode()).isEqualTo(204);
    assertThat(api.delete("/api/v1/marks/" + id).statusCode()).isEqualTo(404);
    assertThat(api.get("/api/v1/templates?since=mark:" + id).body()).contains("unknown_mark");
  }

  @Test
  void mark_withoutTime_isNow_andIsTheLast() {
    assertThat(api.post("/api/v1/marks", JSON, "{\"text\":\"just now\"}").statusCode())
        .isEqualTo(201);
    for (String last : List.of("last-mark", "last")) {
      assertThat(
              api.get("/api/v1/templates?since=" + last + "&query=" + encoded("app:=none")).body())
          .isEqualTo("[]");
    }
  }

  @Test
  void wrongArguments_areNamed() {
    assertThat(api.get("/api/v1/templates?since=soon").body())
        .contains("invalid_parameter", "since");
    assertThat(api.get("/api/v1/templates?level=loud").body()).contains("level", "FATAL");
    assertThat(api.get("/api/v1/templates?sort=color").body()).contains("sort", "lastSeen");
    assertThat(api.get("/api/v1/templates?limit=0").body()).contains("limit");
    assertThat(api.get("/api/v1/templates?query=(").body()).contains("query_syntax");
    assertThat(api.get("/api/v1/templates/nonsense").statusCode()).isEqualTo(404);
    assertThat(api.get("/api/v1/templates?since=mark:x").statusCode()).isEqualTo(404);
    assertThat(api.post("/api/v1/marks", JSON, "{}").body()).contains("invalid_property", "text");
    assertThat(api.post("/api/v1/marks", JSON, "{\"text\":\"x\",\"time\":\"soon\"}").body())
        .contains("invalid_property", "time");
    assertThat(api.get("/api/v1/patterns/compare?query=*").body()).contains("missing_parameter");
  }

  @Test
  void compare_saysWhatAppearedVanishedGrewAndShrank() {
    StringBuilder lines = new StringBuilder();
    add(lines, "10", 200, "steady request");
    add(lines, "10", 100, "shrinking warning");
    add(lines, "10", 20, "growing warning");
    add(lines, "10", 30, "old banner");
    add(lines, "11", 200, "steady request");
    add(lines, "11", 20, "shrinking warning");
    add(lines, "11", 100, "growing warning");
    add(lines, "11", 30, "new crash");
    send(lines.toString());
    String query = "/api/v1/patterns/compare?query=" + encoded("app:=comparing");
    String answer = api.get(query + "&start=2026-02-01T11:00:00Z&end=2026-02-01T12:00:00Z").body();
    assertThat(names(answer, "appeared")).containsExactly("new crash <*>");
    assertThat(names(answer, "vanished")).containsExactly("old banner <*>");
    assertThat(names(answer, "grew")).containsExactly("growing warning <*>");
    assertThat(names(answer, "shrank")).containsExactly("shrinking warning <*>");
    assertThat(JsonPath.<Integer>read(answer, "$.total")).isEqualTo(350);
    assertThat(JsonPath.<Integer>read(answer, "$.baseTotal")).isEqualTo(350);
    assertThat(JsonPath.<Integer>read(answer, "$.grew[0].count")).isEqualTo(100);
    assertThat(JsonPath.<Integer>read(answer, "$.grew[0].baseCount")).isEqualTo(20);
    assertThat(JsonPath.<Double>read(answer, "$.grew[0].ratio")).isBetween(4.5, 5.0);
    String reversed =
        api.get(
                query
                    + "&start=2026-02-01T10:00:00Z&end=2026-02-01T11:00:00Z"
                    + "&baseStart=2026-02-01T11:00:00Z&baseEnd=2026-02-01T12:00:00Z")
            .body();
    assertThat(names(reversed, "appeared")).containsExactly("old banner <*>");
    assertThat(names(reversed, "vanished")).containsExactly("new crash <*>");
  }

  private static List<String> names(String answer, String kind) {
    return JsonPath.read(answer, "$." + kind + "[*].template");
  }

  private static void add(StringBuilder lines, String hour, int count, String message) {
    for (int i = 0; i < count; i++) {
      lines.append(
          "{\"_msg\":\"%s %d\",\"app\":\"comparing\",\"_time\":\"2026-02-01T%s:%02d:00Z\"}%n"
              .formatted(message, i, hour, i % 60));
    }
  }
}
