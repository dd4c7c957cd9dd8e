package io.logcaster.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class SeriesApiTest {

  private static final String JSON = "application/json";

  private final Api api;
  private final JsonMapper json;

  SeriesApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  private HttpResponse<String> create(String name, String query, String step) {
    return api.post(
        "/api/v1/series",
        JSON,
        json.writeValueAsString(java.util.Map.of("name", name, "query", query, "step", step)));
  }

  @Test
  void series_isFilledScrapedAndDeleted() {
    Instant hourAgo = Clock.systemUTC().instant().minus(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      api.post(
          "/api/v1/records",
          "application/x-ndjson",
          "{\"app\":\"series-test\",\"_msg\":\"m\",\"_time\":\"%s\"}\n".formatted(hourAgo));
    }
    HttpResponse<String> created =
        create("series_test_total", "app:=series-test | stats by (app) count() value", "10m");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String path = "/api/v1/series/" + json.readTree(created.body()).get("id").asString();

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              JsonNode result = json.readTree(api.get(path + "/data").body()).at("/data/result");
              assertThat(result.at("/0/metric/app").asString()).isEqualTo("series-test");
              assertThat(result.at("/0/values/0/1").asString()).isEqualTo("3");
            });
    assertThat(json.readTree(api.get(path).body()).get("until").asString()).isNotEmpty();
    assertThat(
            json.readTree(api.get(path + "/data?step=1d&agg=sum").body())
                .at("/data/result/0/values/0/1")
                .asString())
        .isEqualTo("3");
    assertThat(api.get("/api/v1/series/metrics").headers().firstValue("Content-Type"))
        .hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
    assertThat(create("series_test_total", "* | stats count() value", "1m").statusCode())
        .isEqualTo(409);

    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void invalid_namesTheProperty() {
    assertThat(create("no spaces", "* | stats count() value", "1m").body())
        .contains("invalid_property", "name");
    assertThat(create("a", "* | stats count() value", "1ms").body()).contains("step");
    assertThat(create("a", "*", "1m").body()).contains("query_syntax");
    assertThat(create("a", "* | stats (", "1m").body()).contains("line", "column");
    for (String by : java.util.List.of("_time:1m", "app, _time")) {
      assertThat(create("a", "* | stats by (" + by + ") count() value", "1m").body())
          .contains("query_groups_by_time", "set 'step'");
    }
  }
}
