package io.logcaster.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, the rules and the manual name metrics that a running server really has. */
@RunningServer
class WatchedMetricsTest {

  private static final Pattern NAME =
      Pattern.compile("\\b(logcaster|jvm|process|system)_[a-z][a-z_]*[a-z]\\b");

  /** Appear once a thread has failed, and where a node reads from Kafka. */
  private static final Set<String> ELSEWHERE =
      Set.of("logcaster_thread_failures_total", "logcaster_input_lag");

  private final Api api;

  WatchedMetricsTest(@LocalServerPort int port) {
    this.api = new Api(port);
  }

  @BeforeEach
  void use() {
    assertThat(api.post("/api/v1/canary", "application/json", "").statusCode()).isEqualTo(200);
    // A line that is cut, so that there is a note.
    assertThat(api.post("/api/v1/records", "text/plain", "x".repeat(300 << 10)).statusCode())
        .isEqualTo(200);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                exposed()
                    .containsAll(
                        Set.of("logcaster_stage_seconds_bucket", "logcaster_notes_total")));
  }

  private Set<String> exposed() {
    return api.get("/actuator/prometheus")
        .body()
        .lines()
        .filter((line) -> !line.startsWith("#"))
        .map((line) -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  private static Set<String> named(String file) throws IOException {
    Set<String> names = new TreeSet<>();
    NAME.matcher(Files.readString(Path.of(file)))
        .results()
        .forEach((found) -> names.add(found.group()));
    names.removeAll(ELSEWHERE);
    return names;
  }

  private void assertExposed(String file, int atLeast) throws IOException {
    Set<String> named = named(file);
    assertThat(named).hasSizeGreaterThan(atLeast);
    assertThat(exposed()).containsAll(named);
  }

  @Test
  void dashboard_namesMetricsThatExist() throws IOException {
    assertExposed("src/docs/grafana/logcaster.json", 15);
    assertThat(
            new JsonMapper()
                .readTree(Files.readString(Path.of("src/docs/grafana/logcaster.json")))
                .get("panels")
                .size())
        .isGreaterThan(10);
  }

  @Test
  void rules_nameMetricsThatExist() throws IOException {
    assertExposed("src/docs/grafana/rules.yml", 8);
  }

  @Test
  void manual_namesMetricsThatExist() throws IOException {
    Set<String> exposed = exposed();
    assertThat(named("src/docs/operations.md"))
        .hasSizeGreaterThan(15)
        .allMatch((name) -> exposed.contains(name) || exposed.contains(name + "_bucket"));
  }

  @Test
  void ownMetrics_haveHelpAndFollowTheConventions() {
    List<String> lines = api.get("/actuator/prometheus").body().lines().toList();
    int checked = 0;
    for (String line : lines) {
      if (!line.startsWith("# TYPE logcaster_")) {
        continue;
      }
      List<String> parts = List.of(line.split(" ", -1));
      String name = parts.get(2);
      assertThat(lines).as(name).anyMatch((help) -> help.matches("# HELP " + name + " \\S.*"));
      assertThat(name).doesNotContain("millis").matches("[a-z_]+");
      if (parts.get(3).equals("counter")) {
        assertThat(name).endsWith("_total");
      }
      if (parts.get(3).equals("histogram")) {
        assertThat(name).endsWith("_seconds");
      }
      checked++;
    }
    assertThat(checked).isGreaterThan(15);
  }
}
