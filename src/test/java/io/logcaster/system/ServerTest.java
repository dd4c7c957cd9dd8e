package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RunningServer
class ServerTest {

  private static final Pattern HOSTED_ELSEWHERE =
      Pattern.compile("(?:src|href)\\s*=\\s*[\"'](?:https?:)?//", Pattern.CASE_INSENSITIVE);

  private final Api api;
  private final JsonMapper json;
  private final SettingsStore settings;
  private final DiskSpace disk;

  ServerTest(
      @LocalServerPort int port,
      @Autowired JsonMapper json,
      @Autowired SettingsStore settings,
      @Autowired DiskSpace disk) {
    this.api = new Api(port);
    this.json = json;
    this.settings = settings;
    this.disk = disk;
  }

  @Test
  void health_namesDatabaseAndDisk() {
    var answer = api.get("/actuator/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode parts = json.readTree(answer.body()).get("components");
    assertThat(parts.at("/db/status").asString()).isEqualTo("UP");
    assertThat(parts.at("/disk/status").asString()).isEqualTo("UP");
    assertThat(parts.at("/disk/details/minFreeBytes").asLong()).isEqualTo(disk.minimum());
    assertThat(parts.at("/disk/details/freeBytes").asLong()).isPositive();
  }

  @Test
  void healthGroups_separateLivenessFromReadiness() {
    assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    var readiness = api.get("/actuator/health/readiness");
    assertThat(readiness.statusCode()).isEqualTo(200);
    // Ingest and queries work without the control database.
    assertThat(json.readTree(readiness.body()).at("/components/db").isMissingNode()).isTrue();
  }

  @Test
  void prometheus_givesMetricsOfLibrariesCreatedLater() {
    String metrics = api.get("/actuator/prometheus").body();

    assertThat(metrics)
        .contains("jvm_memory_used_bytes", "hikaricp_connections", "process_uptime_seconds");
  }

  @Test
  void unknownPath_isAProblemWithACode() {
    var answer = api.get("/api/v1/nothing-here", "Accept", "text/csv");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("code").asString()).isEqualTo("not_found");
    assertThat(problem.get("type").asString()).isEqualTo("about:blank");
    assertThat(problem.get("status").asInt()).isEqualTo(404);
  }

  @Test
  void errorForwardedByTheContainer_isAProblemToo() {
    JsonNode problem = json.readTree(api.get("/error").body());

    assertThat(problem.get("code").asString()).isEqualTo("not_found");
  }

  @Test
  void jsonRequest_withAnUnknownProperty_isRefused() {
    assertThat(
            json.deserializationConfig()
                .isEnabled(
                    tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
        .isTrue();
  }

  @Test
  void apiDocumentation_isServedWithoutOtherHosts() {
    var docs = json.readTree(api.get("/v3/api-docs").body());
    assertThat(docs.at("/info/title").asString()).isEqualTo("LogCaster");
    assertThat(docs.at("/servers/0/url").asString()).isEqualTo("/");

    var redirect = api.get("/swagger-ui.html");
    assertThat(redirect.statusCode()).isEqualTo(302);
    var page = api.get(redirect.headers().firstValue("Location").orElseThrow());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui");
    assertThat(HOSTED_ELSEWHERE.matcher(page.body()).find()).isFalse();
  }

  @Test
  void settingsStore_putsReplacesAndRemoves() {
    assertThat(settings.get("server-test")).isEmpty();

    settings.put("server-test", "{\"a\":1}");
    settings.put("server-test", "{\"a\":2}");
    assertThat(settings.get("server-test")).hasValue("{\"a\":2}");

    settings.remove("server-test");
    assertThat(settings.get("server-test")).isEmpty();
  }
}
