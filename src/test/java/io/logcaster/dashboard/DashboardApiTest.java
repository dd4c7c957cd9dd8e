package io.logcaster.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Dashboards over HTTP. */
@RunningServer
class DashboardApiTest {

  private static final String PATH = "/api/v1/dashboards";

  private static final String PANEL =
      "{\"id\":\"p\",\"title\":\"Errors\",\"kind\":\"line\",\"query\":\"%s\",\"x\":0,\"y\":0,"
          + "\"width\":6,\"height\":4}";

  private final Api api;

  DashboardApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  private static String body(String more, String... panels) {
    return "{\"name\":\"Shop\"%s,\"panels\":[%s]}".formatted(more, String.join(",", panels));
  }

  private HttpResponse<String> add(String body) {
    return api.post(PATH, "application/json", body);
  }

  @Test
  void dashboard_isKept_changedAndDeleted() {
    HttpResponse<String> added = add(body("", PANEL.formatted("error | stats count() n")));
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body()).contains("\"version\":1", "\"kind\":\"line\"", "\"builtIn\":false");
    String path = Api.created(added);
    assertThat(api.get(path).body()).isEqualTo(added.body());
    assertThat(api.get(PATH).body()).contains(added.body());

    HttpResponse<String> changed = api.put(path, "application/json", body(",\"version\":1"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"version\":2").doesNotContain("Errors");
    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(path).statusCode()).isEqualTo(404);
    assertThat(api.put(path, "application/json", body(",\"version\":2")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void change_basedOnAnOlderVersion_isRefused() {
    String path = Api.created(add(body("")));
    api.put(path, "application/json", body(",\"version\":1"));
    HttpResponse<String> late = api.put(path, "application/json", body(",\"version\":1"));
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("dashboard_changed", "version 2");
    assertThat(api.put(path, "application/json", body("")).body()).contains("version");
    assertThat(api.delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void builtInDashboards_areValid_andCannotBeChanged() {
    for (String name : BuiltInDashboards.NAMES) {
      String path = PATH + "/logcaster-" + name;
      HttpResponse<String> found = api.get(path);
      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.body()).contains("\"builtIn\":true");
      assertThat(api.delete(path).body()).contains("dashboard_built_in");
      assertThat(api.put(path, "application/json", body(",\"version\":1")).statusCode())
          .isEqualTo(409);
    }
    for (Dashboard dashboard : new BuiltInDashboards().all()) {
      assertThat(DashboardCheck.valid(dashboard).panels()).isNotEmpty();
    }
  }

  @Test
  void wrongDashboards_areRefusedByTheNameOfTheProperty() {
    List<String> wrong =
        List.of(
            "{\"panels\":[]}",
            body(",\"refresh\":\"often\""),
            body("", PANEL.formatted("(")),
            body("", PANEL.formatted("app:=${shop}")),
            body("", PANEL.formatted("a"), PANEL.formatted("b")),
            body("", PANEL.formatted("a").replace("\"x\":0", "\"x\":7")),
            body("", PANEL.formatted("a").replace("\"query\"", "\"text\"")),
            body(",\"variables\":[{\"name\":\"1\",\"values\":[]}]"),
            body(",\"variables\":[{\"name\":\"a\",\"values\":[],\"field\":\"b\"}]"));
    List<String> names =
        List.of(
            "name",
            "refresh",
            "panels[0].query",
            "panels[0].query",
            "panels[1].id",
            "panels[0].width",
            "panels[0]",
            "variables[0].name",
            "variables[0]");
    for (int i = 0; i < wrong.size(); i++) {
      HttpResponse<String> answer = add(wrong.get(i));
      assertThat(answer.statusCode()).as(wrong.get(i)).isEqualTo(400);
      assertThat(answer.body()).contains("\"property\":\"" + names.get(i) + "\"");
    }
    assertThat(add(body("", PANEL.formatted("a").replace("line", "pie"))).body())
        .contains("expected one of [line, bar, area, table, value, top, text]");
  }

  @Test
  void variables_mayStandInQueries() {
    String variables = ",\"variables\":[{\"name\":\"app\",\"field\":\"app\"}]";
    HttpResponse<String> added =
        add(body(variables, PANEL.formatted("app:in(${app}) \\\"of ${app}\\\" | stats count() n")));
    assertThat(added.statusCode()).isEqualTo(201);
    api.delete(Api.created(added));
  }
}
